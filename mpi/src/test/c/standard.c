/*
 * MPICH behind the standard binary interface of MPI 5, as far as alexnet.mpi calls it: cc -shared -fPIC standard.c.
 * Stands in for a libmpi_abi.so. Handles come as the standard's numbers and go on as MPICH's; what MPICH makes passes unchanged.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

typedef intptr_t handle;

static void *find(const char *name) {
  static void *mpich;
  /* To itself: here the same names are other functions. */
  if (!mpich && !(mpich = dlopen("libmpich.so.12", RTLD_NOW | RTLD_LOCAL | RTLD_DEEPBIND))) {
    fprintf(stderr, "%s\n", dlerror());
    exit(1);
  }
  return dlsym(mpich, name);
}

#define MPICH(name, ...) ((int (*)(__VA_ARGS__))find(#name))

static int mpich(handle standard) {
  switch (standard) {
    case 0x21: return 0x58000003;  /* MPI_SUM */
    case 0x23: return 0x58000001;  /* MPI_MAX */
    case 0x101: return 0x44000000; /* MPI_COMM_WORLD */
    case 0x130: return 0x1c000000; /* MPI_INFO_NULL */
    case 0x143: return 0x54000001; /* MPI_ERRORS_RETURN */
    case 0x210: return 0x4c00040a; /* MPI_FLOAT */
    case 0x214: return 0x4c00080b; /* MPI_DOUBLE */
    case 0x247: return 0x4c00010d; /* MPI_BYTE */
    case 0x258: return 0x4c00083a; /* MPI_INT64_T */
    default: return (int)standard;
  }
}

int MPI_Abi_get_version(int *major, int *minor) { return *major = 1, *minor = 0; }

int MPI_Get_version(int *version, int *subversion) { return *version = 5, *subversion = 0; }

int MPI_Get_library_version(char *text, int *length) { return *length = sprintf(text, "a stand-in"), 0; }

int MPI_Init_thread(int *argc, char ***argv, int required, int *provided) {
  int error = MPICH(MPI_Init_thread, int *, char ***, int, int *)(argc, argv, required == 4096 ? 3 : 0, provided);
  *provided = *provided == 3 ? 4096 : 0;
  return error;
}

int MPI_Finalize(void) { return MPICH(MPI_Finalize, void)(); }

int MPI_Abort(handle comm, int code) { return MPICH(MPI_Abort, int, int)(mpich(comm), code); }

int MPI_Error_string(int code, char *text, int *length) { return MPICH(MPI_Error_string, int, char *, int *)(code, text, length); }

int MPI_Comm_set_errhandler(handle comm, handle handler) { return MPICH(MPI_Comm_set_errhandler, int, int)(mpich(comm), mpich(handler)); }

int MPI_Comm_rank(handle comm, int *rank) { return MPICH(MPI_Comm_rank, int, int *)(mpich(comm), rank); }

int MPI_Comm_size(handle comm, int *size) { return MPICH(MPI_Comm_size, int, int *)(mpich(comm), size); }

int MPI_Comm_dup(handle comm, handle *duplicate) {
  int own, error = MPICH(MPI_Comm_dup, int, int *)(mpich(comm), &own);
  *duplicate = own;
  return error;
}

int MPI_Comm_split_type(handle comm, int type, int key, handle info, handle *part) {
  int own, error = MPICH(MPI_Comm_split_type, int, int, int, int, int *)(mpich(comm), type == 221 ? 1 : -1, key, mpich(info), &own);
  *part = own;
  return error;
}

int MPI_Comm_free(handle *comm) {
  int own = mpich(*comm), error = MPICH(MPI_Comm_free, int *)(&own);
  *comm = 0x100;
  return error;
}

int MPI_Allreduce(const void *own, void *all, int count, handle type, handle operation, handle comm) {
  return MPICH(MPI_Allreduce, const void *, void *, int, int, int, int)(own, all, count, mpich(type), mpich(operation), mpich(comm));
}

int MPI_Allgather(const void *own, int count, handle type, void *all, int each, handle eachs, handle comm) {
  return MPICH(MPI_Allgather, const void *, int, int, void *, int, int, int)(own, count, mpich(type), all, each, mpich(eachs), mpich(comm));
}

int MPI_Bcast(void *buffer, int count, handle type, int root, handle comm) {
  return MPICH(MPI_Bcast, void *, int, int, int, int)(buffer, count, mpich(type), root, mpich(comm));
}

int MPI_Barrier(handle comm) { return MPICH(MPI_Barrier, int)(mpich(comm)); }

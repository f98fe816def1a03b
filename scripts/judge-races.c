/*
 * Preloaded by judge-races. Oclgrind says of its device that it is CPU, GPU and accelerator at once; TornadoVM drops what is not
 * one of these, so it is told GPU. The types are those of OpenCL's binary interface, so that no headers are needed.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <stddef.h>
#include <stdint.h>

enum { SUCCESS = 0, DEVICE_TYPE = 0x1000, GPU = 1 << 2 };

typedef int32_t (*device_info)(void *device, uint32_t name, size_t size, void *value, size_t *length);

int32_t clGetDeviceInfo(void *device, uint32_t name, size_t size, void *value, size_t *length) {
  device_info real = (device_info) dlsym(dlopen("libOpenCL.so.1", RTLD_NOW), "clGetDeviceInfo");
  int32_t status = real(device, name, size, value, length);
  if (status == SUCCESS && name == DEVICE_TYPE && value != NULL) {
    *(uint64_t *) value = GPU;
  }
  return status;
}

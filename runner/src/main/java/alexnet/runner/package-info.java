/**
 * The command line. {@link alexnet.runner.Main} knows the commands; each is a class that reads its options, calls {@code alexnet-core},
 * {@code bench} or {@code report}, and prints. Options that several commands have are mixins. Failures are thrown as exceptions, and
 * {@link alexnet.runner.Failures} alone turns them into a line and an {@link alexnet.runner.ExitCode}.
 */
package alexnet.runner;

#include <stddef.h>
#include <stdint.h>

/* The package manager gives every executable an entry point of the module's name, and libFuzzer's own
 * would stand in its way: this one hands over to libFuzzer. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerInitialize(int *argc, char ***argv);
int LLVMFuzzerRunDriver(int *argc, char ***argv,
                        int (*callback)(const uint8_t *data, size_t size));

int Fuzz_main(int argc, char **argv) {
  LLVMFuzzerInitialize(&argc, &argv);
  return LLVMFuzzerRunDriver(&argc, &argv, LLVMFuzzerTestOneInput);
}

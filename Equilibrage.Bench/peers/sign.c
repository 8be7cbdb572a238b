// The limit of signing orders: one recoverable signature of libsecp256k1, serialised, and nothing else. Prints the
// library's name and nanoseconds a signature, best of 60 rounds. Usage: sign LIBRARY
// The library is opened by name, so that its headers need not be installed.
#include <dlfcn.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

enum { rounds = 60, signatures = 500, context_none = 1 };

typedef void *(*create_context)(unsigned flags);
typedef int (*randomize_context)(void *context, const unsigned char *seed);
typedef int (*sign_recoverable)(const void *context, unsigned char *signature, const unsigned char *digest,
                                const unsigned char *key, void *nonce_function, const void *nonce_data);
typedef int (*serialize_compact)(const void *context, unsigned char *output, int *recovery,
                                 const unsigned char *signature);

static double now(void) {
  struct timespec time;
  clock_gettime(CLOCK_MONOTONIC, &time);
  return time.tv_sec * 1e9 + time.tv_nsec;
}

int main(int count, char **arguments) {
  void *library = count > 1 ? dlopen(arguments[1], RTLD_NOW) : NULL;
  if (library == NULL) return 1;
  create_context create = (create_context)dlsym(library, "secp256k1_context_create");
  randomize_context randomize = (randomize_context)dlsym(library, "secp256k1_context_randomize");
  sign_recoverable sign = (sign_recoverable)dlsym(library, "secp256k1_ecdsa_sign_recoverable");
  serialize_compact serialize =
      (serialize_compact)dlsym(library, "secp256k1_ecdsa_recoverable_signature_serialize_compact");
  if (!create || !randomize || !sign || !serialize) return 1;

  unsigned char key[32], digest[32], opaque[65], compact[64];
  memset(key, 7, sizeof key);
  memset(digest, 9, sizeof digest);
  void *context = create(context_none);
  if (!randomize(context, key)) return 1;
  double best = 1e300;
  for (int round = 0; round < rounds; round++) {
    double began = now();
    for (int signature = 0; signature < signatures; signature++) {
      int recovery;
      memcpy(digest, &signature, sizeof signature);
      if (!sign(context, opaque, digest, key, NULL, NULL)) return 1;
      serialize(context, compact, &recovery, opaque);
    }
    double each = (now() - began) / signatures;
    if (each < best) best = each;
  }
  printf("%s %f\n", arguments[1], best);
  return 0;
}

// Compiling one loop for several processors. Needs -ffp-contract=off, or the clones would differ in
// their last bits.
#pragma once

// The baseline and two later levels of x86-64; the loader picks one when the program starts. Plain
// code everywhere else, and under sanitizers.
#if defined(__GNUC__) && !defined(__clang__) && defined(__x86_64__) && defined(__ELF__) && \
    defined(__OPTIMIZE__) && !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)
#define JIXIAO_CLONES [[gnu::target_clones("default", "arch=x86-64-v3", "arch=x86-64-v4")]]
#else
#define JIXIAO_CLONES
#endif

#include "server/pipeline/x264assembly.h"

namespace marea::server {

std::string x264Assembly() {
#if defined(__x86_64__)
    const bool hasAvx2 = __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma") &&
                         __builtin_cpu_supports("bmi") && __builtin_cpu_supports("bmi2");
    return hasAvx2 ? ":asm=AVX2" : "";
#else
    return {};
#endif
}

}  // namespace marea::server

#pragma once

#include <cstdint>
#include <memory>

#include "server/protection/commonencryption.h"

struct evp_cipher_ctx_st;

namespace marea::server {

// AES-128 over runs of bytes in place, as Common Encryption uses it. One thread.
class SampleCipher {
public:
    SampleCipher(CommonScheme scheme, const Key128& key);
    ~SampleCipher();

    // A sample begins: cenc counts on from here over all its protected bytes.
    void begin(const Key128& vector);
    // A protected run. cbcs starts each anew from `begin`'s vector, and takes one block of ten when `pattern`, else
    // all; what is left of a whole block stays clear.
    void apply(char* data, std::size_t size, bool pattern);

private:
    struct Delete {
        void operator()(evp_cipher_ctx_st* context) const;
    };
    const CommonScheme scheme_;
    Key128 vector_{};
    std::unique_ptr<evp_cipher_ctx_st, Delete> context_;
};

}  // namespace marea::server

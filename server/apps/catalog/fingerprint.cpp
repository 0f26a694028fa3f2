#include "server/apps/catalog/fingerprint.h"

#include <sodium.h>

#include <vector>

#include "core/io/clearfile.h"
#include "core/library/scanplan.h"

namespace marea::server {

core::Result<Fingerprint> fingerprint(const core::FileHandle& file, std::int64_t size) {
    auto reader = core::ClearReader::create(file);
    if (!reader) {
        return core::unexpected<core::Error>(reader.error());
    }
    thread_local std::vector<unsigned char> buffer(192 * 1024);
    crypto_generichash_state state;
    crypto_generichash_init(&state, nullptr, 0, sizeof(Fingerprint));
    unsigned char head[8];
    for (int i = 0; i < 8; ++i) {
        head[i] = static_cast<unsigned char>(static_cast<std::uint64_t>(size) >> (8 * i));
    }
    crypto_generichash_update(&state, head, sizeof head);
    for (const core::library::Sample& sample : core::library::fingerprintSamples(size)) {
        std::int64_t done = 0;
        while (done < sample.length) {
            const auto wanted = std::min<std::int64_t>(sample.length - done, static_cast<std::int64_t>(buffer.size()));
            const auto got = reader->read(static_cast<std::uint64_t>(sample.offset + done), buffer.data(),
                                          static_cast<std::size_t>(wanted));
            if (!got) {
                return core::unexpected<core::Error>(got.error());
            }
            if (*got == 0) {
                break;  // it shrank: what is there counts, the next scan sees another size
            }
            crypto_generichash_update(&state, buffer.data(), static_cast<unsigned long long>(*got));
            done += static_cast<std::int64_t>(*got);
        }
    }
    Fingerprint result{};
    crypto_generichash_final(&state, result.data(), result.size());
    return result;
}

}  // namespace marea::server

#include "server/protection/wholesegment.h"

#include <gtest/gtest.h>
#include <openssl/evp.h>

namespace marea::server {
namespace {

std::string bytes(std::initializer_list<int> values) {
    return {values.begin(), values.end()};
}

constexpr Key128 key{0x2b, 0x7e, 0x15, 0x16, 0x28, 0xae, 0xd2, 0xa6, 0xab, 0xf7, 0x15, 0x88, 0x09, 0xcf, 0x4f, 0x3c};

std::string decrypted(const std::string& bytesIn, const Key128& with, const Key128& vector) {
    EVP_CIPHER_CTX* context = EVP_CIPHER_CTX_new();
    std::string out(bytesIn.size() + 16, '\0');
    int length = 0, rest = 0;
    auto* to = reinterpret_cast<unsigned char*>(out.data());
    EVP_DecryptInit_ex(context, EVP_aes_128_cbc(), nullptr, with.data(), vector.data());
    EVP_DecryptUpdate(context, to, &length, reinterpret_cast<const unsigned char*>(bytesIn.data()),
                      static_cast<int>(bytesIn.size()));
    const bool good = EVP_DecryptFinal_ex(context, to + length, &rest) == 1;
    EVP_CIPHER_CTX_free(context);
    out.resize(static_cast<std::size_t>(length + rest));
    return good ? out : "wrong padding";
}

TEST(WholeSegment, IsWhatNistSaysCbcIs) {
    Key128 vector{};
    for (std::size_t i = 0; i < vector.size(); ++i)
        vector[i] = static_cast<std::uint8_t>(i);
    const std::string clear = bytes({0x6b, 0xc1, 0xbe, 0xe2, 0x2e, 0x40, 0x9f, 0x96, 0xe9, 0x3d, 0x7e, 0x11, 0x73, 0x93,
                                     0x17, 0x2a});  // SP 800-38A, F.2.1, the first block
    const std::string sealed = encryptWhole(clear, key, vector);
    ASSERT_EQ(sealed.size(), 32U);  // and one block of padding
    EXPECT_EQ(sealed.substr(0, 16),
              bytes({0x76, 0x49, 0xab, 0xac, 0x81, 0x19, 0xb2, 0x46, 0xce, 0xe9, 0x8e, 0x9b, 0x12, 0xe9, 0x19, 0x7d}));
}

TEST(WholeSegment, ComesBackWhateverItsLength) {
    for (const std::size_t size : {0U, 1U, 15U, 16U, 17U, 188U * 7, 100'003U}) {
        std::string clear(size, '\0');
        for (std::size_t i = 0; i < size; ++i)
            clear[i] = static_cast<char>(i * 7);
        const std::string sealed = encryptWhole(clear, key, sequenceVector(size));
        EXPECT_EQ(sealed.size(), (size / 16 + 1) * 16);
        EXPECT_EQ(decrypted(sealed, key, sequenceVector(size)), clear);
        EXPECT_EQ(sealed, encryptWhole(clear, key, sequenceVector(size)));
        if (size > 16) {
            EXPECT_NE(decrypted(sealed, key, sequenceVector(size + 1)), clear);
        }
    }
}

TEST(WholeSegment, CountsAsRfc8216Does) {
    EXPECT_EQ(sequenceVector(0), Key128{});
    const Key128 vector = sequenceVector(0x0102030405060708);
    EXPECT_EQ(vector[7], 0);
    EXPECT_EQ(vector[8], 1);
    EXPECT_EQ(vector[15], 8);
}

}  // namespace
}  // namespace marea::server

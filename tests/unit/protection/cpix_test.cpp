#include "server/protection/cpix.h"

#include <gmock/gmock.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509.h>

#include "server/protection/keytext.h"

// Whether somebody else's programs read it: tests/e2e/test_drm.py.
namespace marea::server {
namespace {

using testing::HasSubstr;
using testing::Not;

const CpixContent film{"a title",
                       {{ProtectionScheme::Cenc, {{1, 2, 3}, {'c', 'e', 'n', 'c'}}},
                        {ProtectionScheme::Cbcs, {{4, 5, 6}, {'c', 'b', 'c', 's'}}}},
                       "me"};

// A certificate that signs itself, in PEM.
std::string certificateFor(EVP_PKEY* key) {
    X509* made = X509_new();
    ASN1_INTEGER_set(X509_get_serialNumber(made), 1);
    X509_gmtime_adj(X509_getm_notBefore(made), 0);
    X509_gmtime_adj(X509_getm_notAfter(made), 3600);
    X509_set_pubkey(made, key);
    X509_sign(made, key, EVP_sha256());
    BIO* out = BIO_new(BIO_s_mem());
    PEM_write_bio_X509(out, made);
    char* text = nullptr;
    const long size = BIO_get_mem_data(out, &text);
    std::string pem(text, static_cast<std::size_t>(size));
    BIO_free(out);
    X509_free(made);
    EVP_PKEY_free(key);
    return pem;
}

TEST(Cpix, InTheClearItHasKeysAndWhatIsSignalledOfThem) {
    const std::string xml = cpixInTheClear(film);
    EXPECT_THAT(xml, HasSubstr(" contentId=\"a title\" version=\"2.3\""));
    EXPECT_THAT(xml, HasSubstr("<ContentKey kid=\"01020300-0000-0000-0000-000000000000\" "
                               "commonEncryptionScheme=\"cenc\"><Data><pskc:Secret><pskc:PlainValue>" +
                               base64Text(bytesView(film.keys[0].key.value)) + "</pskc:PlainValue>"));
    EXPECT_THAT(xml, HasSubstr("commonEncryptionScheme=\"cbcs\" explicitIV=\"" +
                               base64Text(bytesView(constantVector(film.keys[1].key.value))) + "\">"));
    const auto systems = [&](std::string_view id) {
        std::size_t count = 0;
        for (auto at = xml.find(id); at != xml.npos; at = xml.find(id, at + 1))
            ++count;
        return count;
    };
    EXPECT_EQ(systems("<DRMSystem systemId=\"edef8ba9-79d6-4ace-a3c8-27dcd51d21ed\""), 2U);
    EXPECT_EQ(systems("<DRMSystem systemId=\"9a04f079-9840-4286-ab92-e65be0885f95\""), 2U);
    EXPECT_EQ(systems("<DRMSystem systemId=\"94ce86fb-07ff-4f43-adb8-93d2fa968ca2\""), 1U);
    EXPECT_THAT(xml, Not(HasSubstr("DeliveryDataList")));
}

TEST(Cpix, ForARecipientThereIsNoKeyInIt) {
    const std::string pem = certificateFor(EVP_RSA_gen(2048));
    const auto first = cpixFor(film, pem), second = cpixFor(film, pem);
    ASSERT_TRUE(first && second);
    EXPECT_NE(*first, *second);
    EXPECT_THAT(*first, Not(HasSubstr("PlainValue")));
    for (const CpixKey& key : film.keys)
        EXPECT_THAT(*first, Not(HasSubstr(base64Text(bytesView(key.key.value)))));
    EXPECT_THAT(*first, HasSubstr("<pskc:ValueMAC>"));
}

TEST(Cpix, OnlyRsaCertificatesOfSomeLengthAreGoodForIt) {
    for (const std::string& wrong : {std::string(), std::string("-----BEGIN CERTIFICATE-----\nAAAA\n"),
                                     certificateFor(EVP_RSA_gen(1024)), certificateFor(EVP_EC_gen("P-256"))}) {
        const auto made = cpixFor(film, wrong);
        ASSERT_FALSE(made);
        EXPECT_EQ(made.error().code, core::ErrorCode::Invalid);
    }
}

TEST(Cpix, NamesAreEscaped) {
    CpixContent odd = film;
    odd.id = "a \"title\" & <more>";
    EXPECT_THAT(cpixInTheClear(odd), HasSubstr("contentId=\"a &quot;title&quot; &amp; &lt;more&gt;\""));
}

}  // namespace
}  // namespace marea::server

#include "server/apps/webdav/davlogin.h"

#include <gtest/gtest.h>

namespace marea::server::webdav {
namespace {

TEST(DavLogin, IsANameAndAPassword) {
    EXPECT_EQ(loginIn("Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ=="), Login(NamedLogin{"Aladdin", "open sesame"}));
    EXPECT_EQ(loginIn(" bAsIc  YW5hOmE6Yjpj "), Login(NamedLogin{"ana", "a:b:c"}));
    EXPECT_EQ(loginIn("Basic dGVzdDoxMjPCow=="), Login(NamedLogin{"test", "123\xC2\xA3"}));  // RFC 7617 section 2.1
    EXPECT_EQ(loginIn("Basic OmtleQ=="), Login(NamedLogin{"", "key"}));
}

TEST(DavLogin, IsAToken) {
    EXPECT_EQ(loginIn("Bearer abc.def"), Login(TokenLogin{"abc.def"}));
}

TEST(DavLogin, IsNothingElse) {
    for (const char* text : {"", "Basic", "Basic ", "Basic !!!!", "Basic YW5h", "Basic YW4AYTpi",
                             "Basic /zo=", "Digest x", "BasicYW5hOmI=", "Bearer"}) {
        EXPECT_EQ(loginIn(text), std::nullopt) << text;
    }
    EXPECT_EQ(loginIn("Bearer " + std::string(5000, 'x')), std::nullopt);
}

}  // namespace
}  // namespace marea::server::webdav

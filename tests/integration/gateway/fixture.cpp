#include "fixture.h"

#include <openssl/pem.h>
#include <openssl/x509.h>
#include <unistd.h>

#include <chrono>
#include <cstdlib>
#include <fstream>
#include <random>
#include <thread>

namespace marea::server::test {

namespace {

// A self-signed certificate for an EC key, made once per fixture: nothing secret is kept in the tree.
void makeCertificate(const std::string& certificateFile, const std::string& keyFile) {
    EVP_PKEY* key = EVP_EC_gen("P-256");
    X509* certificate = X509_new();
    X509_set_version(certificate, 2);
    ASN1_INTEGER_set(X509_get_serialNumber(certificate), 1);
    X509_gmtime_adj(X509_getm_notBefore(certificate), -3600);
    X509_gmtime_adj(X509_getm_notAfter(certificate), 3600);
    X509_set_pubkey(certificate, key);
    X509_NAME* name = X509_get_subject_name(certificate);
    X509_NAME_add_entry_by_txt(name, "CN", MBSTRING_ASC, reinterpret_cast<const unsigned char*>("localhost"), -1, -1,
                               0);
    X509_set_issuer_name(certificate, name);
    X509_sign(certificate, key, EVP_sha256());
    std::FILE* out = std::fopen(certificateFile.c_str(), "w");
    PEM_write_X509(out, certificate);
    std::fclose(out);
    out = std::fopen(keyFile.c_str(), "w");
    PEM_write_PrivateKey(out, key, nullptr, nullptr, 0, nullptr, nullptr);
    std::fclose(out);
    X509_free(certificate);
    EVP_PKEY_free(key);
}

}  // namespace

core::Result<Principal> FakeAuthenticator::bearer(std::string_view token) {
    if (token == "member" || token == "owner") {
        return Principal{"u-" + std::string(token), "s", std::string(token), std::string(token)};
    }
    if (token == "throws") {
        throw std::runtime_error("authenticator broke");
    }
    return core::fail(core::ErrorCode::Unauthorized, "Sign in again.");
}

core::Result<Principal> FakeAuthenticator::stream(std::string_view token, std::string_view path) {
    if (token == "film" && path.starts_with("/7/")) {
        return Principal{"u", "s", "name", "member"};
    }
    return core::fail(core::ErrorCode::Unauthorized, "This link has run out.");
}

bool eventually(const std::function<bool()>& condition) {
    const auto end = std::chrono::steady_clock::now() + std::chrono::minutes(2);
    while (!condition()) {
        if (std::chrono::steady_clock::now() > end) {
            return false;
        }
        std::this_thread::sleep_for(std::chrono::milliseconds(10));
    }
    return true;
}

GatewayFixture::GatewayFixture() {
    std::string name = (std::filesystem::temp_directory_path() / "marea-gateway-XXXXXX").string();
    folder = ::mkdtemp(name.data());
    root = std::make_shared<core::FileHandle>(std::move(*core::openFolder(name)));
    options.port = 0;
    options.threads = 2;
    if (GetParam()) {
        options.certificateFile = (folder / "cert.pem").string();
        options.keyFile = (folder / "key.pem").string();
        makeCertificate(options.certificateFile, options.keyFile);
    }
}

GatewayFixture::~GatewayFixture() {
    gateway.reset();
    pool.reset();
    std::filesystem::remove_all(folder);
}

void GatewayFixture::start() {
    gateway = std::make_unique<Gateway>(options, router, std::make_shared<FakeAuthenticator>(), *pool, nullptr);
    const auto started = gateway->start();
    ASSERT_TRUE(started) << started.error().detail;
}

void GatewayFixture::restart() {
    gateway.reset();
    start();
}

std::string GatewayFixture::writeFile(const std::string& name, std::size_t size) {
    std::mt19937_64 random(size);
    std::string bytes(size, '\0');
    for (char& byte : bytes) {
        byte = static_cast<char>(random());
    }
    std::ofstream(folder / name, std::ios::binary) << bytes;
    return bytes;
}

void GatewayFixture::addFileRoute(const std::string& pattern, const std::string& name, Access access) {
    addRoute(
        Method::Get, pattern,
        [this, name](const Request&) {
            auto file = core::openBeneath(*root, name);
            const auto size = static_cast<std::uint64_t>(core::status(*file)->size);
            return Response::file(std::move(*file), size, "video/mp4", "\"v1\"", 784111777000);
        },
        access);
}

void GatewayFixture::addRoute(Method method, const std::string& pattern, PlainHandler handler, Access access,
                              std::size_t maxBody) {
    router->add(Route{method, pattern, access, inlined(std::move(handler)), maxBody});
}

}  // namespace marea::server::test

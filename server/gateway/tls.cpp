#include "server/gateway/tls.h"

#include <openssl/err.h>

#include <array>
#include <cerrno>
#include <string_view>

namespace marea::server {

namespace {

std::string lastError() {
    std::array<char, 256> text{};
    ERR_error_string_n(ERR_get_error(), text.data(), text.size());
    return text.data();
}

TlsWire* wireOf(BIO* bio) {
    return static_cast<TlsWire*>(BIO_get_data(bio));
}

int readBio(BIO* bio, char* data, int size) {
    BIO_clear_retry_flags(bio);
    const std::ptrdiff_t got = wireOf(bio)->receiveRecords(data, static_cast<std::size_t>(size));
    if (got < 0 && (errno == EAGAIN || errno == EWOULDBLOCK || errno == EINTR)) {
        BIO_set_retry_read(bio);
    }
    return static_cast<int>(got);
}

int writeBio(BIO* bio, const char* data, int size) {
    BIO_clear_retry_flags(bio);
    wireOf(bio)->queueRecords(data, static_cast<std::size_t>(size));
    return size;
}

long controlBio(BIO*, int command, long, void*) {
    return command == BIO_CTRL_FLUSH ? 1 : 0;
}

int createBio(BIO* bio) {
    BIO_set_init(bio, 1);
    return 1;
}

const BIO_METHOD* wireMethod() {
    static const BIO_METHOD* const method = [] {
        BIO_METHOD* made = BIO_meth_new(BIO_get_new_index() | BIO_TYPE_SOURCE_SINK, "marea wire");
        BIO_meth_set_read(made, readBio);
        BIO_meth_set_write(made, writeBio);
        BIO_meth_set_ctrl(made, controlBio);
        BIO_meth_set_create(made, createBio);
        return made;
    }();
    return method;
}

int chooseProtocol(SSL*, const unsigned char** out, unsigned char* length, const unsigned char* offered,
                   unsigned offeredLength, void*) {
    static constexpr std::string_view kHttp11 = "\x08http/1.1";
    unsigned char* chosen = nullptr;
    if (SSL_select_next_proto(&chosen, length, reinterpret_cast<const unsigned char*>(kHttp11.data()),
                              static_cast<unsigned>(kHttp11.size()), offered,
                              offeredLength) != OPENSSL_NPN_NEGOTIATED) {
        return SSL_TLSEXT_ERR_NOACK;
    }
    *out = chosen;
    return SSL_TLSEXT_ERR_OK;
}

}  // namespace

core::Result<TlsContext> makeTlsContext(const std::string& certificateFile, const std::string& keyFile) {
    ERR_clear_error();
    TlsContext context(SSL_CTX_new(TLS_server_method()), SSL_CTX_free);
    if (!context || SSL_CTX_set_min_proto_version(context.get(), TLS1_3_VERSION) != 1) {
        return core::fail(core::ErrorCode::Internal, "TLS is not available.", lastError());
    }
    if (SSL_CTX_use_certificate_chain_file(context.get(), certificateFile.c_str()) != 1) {
        return core::fail(core::ErrorCode::Invalid, "The certificate file cannot be used: " + certificateFile,
                          lastError());
    }
    if (SSL_CTX_use_PrivateKey_file(context.get(), keyFile.c_str(), SSL_FILETYPE_PEM) != 1 ||
        SSL_CTX_check_private_key(context.get()) != 1) {
        return core::fail(core::ErrorCode::Invalid, "The key file does not fit the certificate: " + keyFile,
                          lastError());
    }
    // AES-128-GCM first: the standard's own choice (RFC 8446 section 9.1), and less work per byte than AES-256. Clients
    // that put ChaCha20 first have no AES in hardware, and get it.
    SSL_CTX_set_ciphersuites(context.get(),
                             "TLS_AES_128_GCM_SHA256:TLS_AES_256_GCM_SHA384:TLS_CHACHA20_POLY1305_SHA256");
    SSL_CTX_set_options(context.get(), SSL_OP_CIPHER_SERVER_PREFERENCE | SSL_OP_PRIORITIZE_CHACHA);
    SSL_CTX_set_mode(context.get(), SSL_MODE_RELEASE_BUFFERS);
    SSL_CTX_set_read_ahead(context.get(), 1);
    SSL_CTX_set_session_cache_mode(context.get(), SSL_SESS_CACHE_OFF);
    SSL_CTX_set_options(context.get(), SSL_OP_NO_RENEGOTIATION | SSL_OP_IGNORE_UNEXPECTED_EOF);
    static constexpr std::string_view kName = "marea";
    SSL_CTX_set_session_id_context(context.get(), reinterpret_cast<const unsigned char*>(kName.data()),
                                   static_cast<unsigned>(kName.size()));
    SSL_CTX_set_alpn_select_cb(context.get(), chooseProtocol, nullptr);
    return context;
}

SslHandle makeTlsSession(const TlsContext& context, TlsWire& wire) {
    SslHandle ssl(SSL_new(context.get()));
    BIO* bio = ssl ? BIO_new(wireMethod()) : nullptr;
    if (bio == nullptr) {
        return nullptr;
    }
    BIO_set_data(bio, &wire);
    SSL_set_bio(ssl.get(), bio, bio);
    SSL_set_accept_state(ssl.get());
    return ssl;
}

}  // namespace marea::server

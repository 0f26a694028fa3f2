#pragma once

#include <openssl/ssl.h>

#include <memory>
#include <mutex>
#include <string>

#include "core/base/result.h"

namespace marea::server {

using TlsContext = std::shared_ptr<SSL_CTX>;
struct SslFree {
    void operator()(SSL* ssl) const { SSL_free(ssl); }
};
using SslHandle = std::unique_ptr<SSL, SslFree>;

// TLS 1.3 alone, stateless session tickets, HTTP/1.1 by ALPN, no buffers kept by idle connections.
core::Result<TlsContext> makeTlsContext(const std::string& certificateFile, const std::string& keyFile);

// The context that new sessions begin with; sessions keep the one that they began with. Any thread.
class SharedTls {
public:
    TlsContext get() const {
        const std::lock_guard lock(mutex_);
        return context_;
    }
    void set(TlsContext context) {
        const std::lock_guard lock(mutex_);
        context_.swap(context);
    }

private:
    mutable std::mutex mutex_;
    TlsContext context_;
};

// Where a session's records come from and go to; its owner decides when they reach the socket.
class TlsWire {
public:
    virtual ~TlsWire() = default;
    virtual std::ptrdiff_t receiveRecords(char* data, std::size_t size) = 0;  // as recv(2)
    virtual void queueRecords(const char* data, std::size_t size) = 0;
};

// A server-side session on `wire`, which must outlive it. Null when out of memory.
SslHandle makeTlsSession(const TlsContext& context, TlsWire& wire);

}  // namespace marea::server

#include "server/gateway/transport.h"

#include <openssl/err.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>

#include "server/gateway/sendfile.h"

namespace marea::server {

namespace {

// Bytes of a file read at once: so few that they are still in the processor's own cache when they are encrypted.
constexpr std::size_t kTlsRead = 64 * 1024;
// Bytes of plain text encrypted before they are sent: many where the client takes them, since each call into the system
// costs; few where it is slow, since what its socket does not take stays in memory.
constexpr std::size_t kTlsLeast = 128 * 1024, kTlsMost = 512 * 1024;
// Room for the longest piece, encrypted: each record of 16 KiB has a head and a tag (RFC 8446 section 5.2).
constexpr std::size_t kRecordsRoom = kTlsMost + (kTlsMost / (16 * 1024) + 2) * 64;
constexpr std::size_t kSendfilePiece = 2 * 1024 * 1024;  // longest single sendfile(2)

#ifdef MSG_NOSIGNAL
constexpr int kSendFlags = MSG_NOSIGNAL;
#else
constexpr int kSendFlags = 0;
#endif

bool wouldBlock() {
    return errno == EAGAIN || errno == EWOULDBLOCK;
}

}  // namespace

Transport::Transport(Socket socket, Scratch& scratch, const TlsContext& tls)
    : socket_(std::move(socket)), scratch_(scratch), piece_(kTlsMost / 2) {
    if (tls) {
        ssl_ = makeTlsSession(tls, *this);
    }
}

Transport::~Transport() {
    close();
}

std::ptrdiff_t Transport::receiveRecords(char* data, std::size_t size) {
    return ::recv(fd(), data, size, 0);
}

void Transport::queueRecords(const char* data, std::size_t size) {
    (collecting_ ? scratch_.records : kept_).append(data, size);
}

Transport::Status Transport::outcome(int result) {
    switch (SSL_get_error(ssl_.get(), result)) {
        case SSL_ERROR_WANT_READ:
            return Status::WantRead;
        case SSL_ERROR_WANT_WRITE:
            return Status::WantWrite;
        case SSL_ERROR_ZERO_RETURN:
            return Status::Closed;
        default:
            return Status::Failed;
    }
}

Transport::Status Transport::handshake() {
    if (!ssl_) {
        return Status::Done;
    }
    ERR_clear_error();
    const int result = SSL_accept(ssl_.get());
    const Status status = result == 1 ? Status::Done : outcome(result);
    const Status flushed = flush();  // also the alert that says why it failed
    return flushed == Status::Done || status == Status::Failed ? status : flushed;
}

Transport::Got Transport::read(char* data, std::size_t size) {
    if (!ssl_) {
        const ssize_t got = ::recv(fd(), data, size, 0);
        if (got > 0) {
            return {Status::Done, static_cast<std::size_t>(got)};
        }
        return {got == 0 ? Status::Closed : (wouldBlock() || errno == EINTR ? Status::WantRead : Status::Failed)};
    }
    ERR_clear_error();
    const int got = SSL_read(ssl_.get(), data, static_cast<int>(std::min(size, std::size_t{1} << 30)));
    const Status status = got > 0 ? Status::Done : outcome(got);
    if (!kept_.empty() && flush() == Status::Failed) {  // a key update is answered while reading
        return {Status::Failed};
    }
    return {status, got > 0 ? static_cast<std::size_t>(got) : 0};
}

std::ptrdiff_t Transport::sendNow(std::string_view data) {
    std::ptrdiff_t sent = 0;
    do {
        sent = ::send(fd(), data.data(), data.size(), kSendFlags);
    } while (sent < 0 && errno == EINTR);
    if (sent > 0) {
        bytesSent_ += static_cast<std::uint64_t>(sent);
    }
    return sent;
}

Transport::Status Transport::sendOrKeep(std::string_view data) {
    const std::ptrdiff_t sent = kept_.empty() ? sendNow(data) : 0;
    if (sent < 0 && !wouldBlock()) {
        return Status::Failed;
    }
    data.remove_prefix(sent > 0 ? static_cast<std::size_t>(sent) : 0);
    kept_.append(data);
    return kept_.empty() ? Status::Done : Status::WantWrite;
}

bool Transport::encrypt(std::string_view data) {
    scratch_.records.reserve(kRecordsRoom);
    collecting_ = true;
    ERR_clear_error();
    const int written = SSL_write(ssl_.get(), data.data(), static_cast<int>(data.size()));
    collecting_ = false;
    return written == static_cast<int>(data.size());
}

Transport::Status Transport::sendRecords() {
    std::string& records = scratch_.records;
    const std::ptrdiff_t sent = kept_.empty() ? sendNow(records) : 0;
    if (sent < 0 && !wouldBlock()) {
        records.clear();
        return Status::Failed;
    }
    keepRecords(sent > 0 ? static_cast<std::size_t>(sent) : 0);
    records.clear();
    return kept_.empty() ? Status::Done : Status::WantWrite;
}

// What the socket did not take, and much of it, stays where it is: the buffer changes hands. A little of it is copied,
// so that a client who is slow holds no more memory than it has to.
void Transport::keepRecords(std::size_t sent) {
    std::string& records = scratch_.records;
    const std::size_t rest = records.size() - sent;
    if (!kept_.empty() || rest < kTlsLeast) {
        kept_.append(records, sent);
        return;
    }
    kept_ = std::move(records);
    keptSent_ = sent;
    records = std::string();
    if (!scratch_.spare.empty()) {
        records = std::move(scratch_.spare.back());
        scratch_.spare.pop_back();
    }
}

// Its memory too: an idle connection holds none. Buffers of records are used again; others, which may be of any size,
// go.
void Transport::forgetKept() {
    const bool forRecords = kept_.capacity() >= kTlsLeast && kept_.capacity() <= 2 * kRecordsRoom;
    if (forRecords && scratch_.spare.size() < Scratch::kMostSpare) {
        kept_.clear();
        scratch_.spare.push_back(std::move(kept_));
    }
    std::string().swap(kept_);
    keptSent_ = 0;
}

Transport::Status Transport::sendPiece() {
    const Status status = sendRecords();
    piece_ = status == Status::Done ? std::min(piece_ * 2, kTlsMost) : std::max(piece_ / 2, kTlsLeast);
    return status;
}

Transport::Status Transport::write(std::string_view data) {
    if (!ssl_) {
        return sendOrKeep(data);
    }
    if (data.empty()) {
        return Status::Done;
    }
    return encrypt(data) ? sendRecords() : Status::Failed;
}

Transport::Got Transport::writeSome(std::string_view data) {
    if (ssl_) {
        const std::string_view piece = data.substr(0, piece_);
        const Status status = encrypt(piece) ? sendPiece() : Status::Failed;
        return {status, status == Status::Failed ? 0 : piece.size()};
    }
    const std::ptrdiff_t sent = sendNow(data);
    if (sent < 0) {
        return {wouldBlock() ? Status::WantWrite : Status::Failed};
    }
    return {Status::Done, static_cast<std::size_t>(sent)};
}

// Reads little at a time and sends a lot at once.
Transport::Got Transport::sendFileEncrypted(int file, std::uint64_t offset, std::uint64_t size) {
    scratch_.filePiece.resize(kTlsRead);
    const std::uint64_t wanted = std::min<std::uint64_t>(size, piece_);
    std::uint64_t done = 0;
    while (done < wanted) {
        const auto step = static_cast<std::size_t>(std::min<std::uint64_t>(wanted - done, kTlsRead));
        const ssize_t got = ::pread(file, scratch_.filePiece.data(), step, static_cast<off_t>(offset + done));
        if (got <= 0 || !encrypt({scratch_.filePiece.data(), static_cast<std::size_t>(got)})) {
            scratch_.records.clear();
            return {got == 0 ? Status::Closed : Status::Failed};
        }
        done += static_cast<std::uint64_t>(got);
    }
    const Status status = sendPiece();
    return {status, status == Status::Failed ? 0 : static_cast<std::size_t>(done)};
}

Transport::Got Transport::sendFile(int file, std::uint64_t offset, std::uint64_t size) {
    if (ssl_) {
        return sendFileEncrypted(file, offset, size);
    }
    const auto wanted = static_cast<std::size_t>(std::min<std::uint64_t>(size, kSendfilePiece));
    const std::ptrdiff_t sent = sendFilePiece(fd(), file, offset, wanted);
    if (sent < 0) {
        return {wouldBlock() ? Status::WantWrite : Status::Failed};
    }
    bytesSent_ += static_cast<std::uint64_t>(sent);
    return {sent == 0 ? Status::Closed : Status::Done, static_cast<std::size_t>(sent)};
}

Transport::Status Transport::flush() {
    while (keptSent_ < kept_.size()) {
        const std::ptrdiff_t sent = sendNow(std::string_view(kept_).substr(keptSent_));
        if (sent < 0) {
            return wouldBlock() ? Status::WantWrite : Status::Failed;
        }
        keptSent_ += static_cast<std::size_t>(sent);
    }
    if (!kept_.empty()) {
        forgetKept();
    }
    return Status::Done;
}

// A plain client may have sent its next request, and end after it: that one counts. Behind TLS what is unread may be
// no more than its farewell, so there the end alone counts, where the system tells of it.
bool Transport::clientGone() {
#ifdef POLLRDHUP
    if (ssl_) {
        pollfd look{fd(), POLLRDHUP, 0};
        return ::poll(&look, 1, 0) == 1 && (look.revents & (POLLRDHUP | POLLHUP | POLLERR)) != 0;
    }
#endif
    char next = 0;
    const ssize_t got = ::recv(fd(), &next, 1, MSG_PEEK);
    return got == 0 || (got < 0 && !wouldBlock() && errno != EINTR);
}

void Transport::shutdownSend() {
    if (ssl_ && SSL_in_init(ssl_.get()) == 0) {
        ERR_clear_error();
        SSL_shutdown(ssl_.get());
        flush();
    }
    boost::system::error_code ignored;
    socket_.shutdown(Socket::shutdown_send, ignored);
}

void Transport::discard() {
    boost::system::error_code ignored;
    socket_.set_option(boost::asio::socket_base::linger(true, 0), ignored);
    socket_.close(ignored);
}

void Transport::close() {
    boost::system::error_code ignored;
    socket_.close(ignored);
}

}  // namespace marea::server

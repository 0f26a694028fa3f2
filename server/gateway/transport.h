#pragma once

#include <boost/asio/ip/tcp.hpp>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "server/gateway/tls.h"

namespace marea::server {

// Buffers that all connections of one thread share, so that none of them holds memory while it waits.
struct Scratch {
    std::vector<char> input = std::vector<char>(64 * 1024);  // what was just received
    std::string compose;                                     // a head, and a small body after it
    std::vector<char> filePiece;                             // read from a file for TLS; made at its first use
    std::string records;                                     // encrypted, on the way to the socket
    std::vector<std::string> spare;                          // emptied ones, a few, for the next that is kept

    static constexpr std::size_t kMostSpare = 8;
};

// One client's socket, non-blocking, with or without TLS. Bytes that the socket does not take at once are kept until
// flush(); nothing may be written while some are. One thread.
class Transport final : private TlsWire {
public:
    using Socket = boost::asio::ip::tcp::socket;

    enum class Status {
        Done,       // all of it
        WantRead,   // again when the socket is readable
        WantWrite,  // again when it is writable
        Closed,     // the client ended in order
        Failed      // the connection is of no more use
    };
    struct Got {
        Status status;
        std::size_t size = 0;
    };

    // `scratch` outlives the transport. `tls` null: plain.
    Transport(Socket socket, Scratch& scratch, const TlsContext& tls);
    ~Transport() override;

    Socket& socket() { return socket_; }
    bool secure() const { return ssl_ != nullptr; }

    Status handshake();
    Got read(char* data, std::size_t size);
    // Whether read() may have something though the socket is not readable.
    bool holdsInput() const { return ssl_ && SSL_has_pending(ssl_.get()) == 1; }

    Status write(std::string_view data);  // takes all of it
    // Takes as much as can be sent or encrypted now without keeping more than one piece.
    Got writeSome(std::string_view data);
    // Sends a part of a file; as writeSome. Closed: the file has become shorter than that.
    Got sendFile(int file, std::uint64_t offset, std::uint64_t size);
    Status flush();
    // Whether the client has closed the connection, as far as that shows without reading.
    bool clientGone();
    void shutdownSend();  // the client sees the end; what it still sends can be read
    void close();
    void discard();  // as close(), and what the client has not received yet is not sent

    std::uint64_t bytesSent() const { return bytesSent_; }

private:
    std::ptrdiff_t receiveRecords(char* data, std::size_t size) override;
    void queueRecords(const char* data, std::size_t size) override;
    Status outcome(int result);
    bool encrypt(std::string_view data);  // into scratch_.records
    Status sendRecords();
    void keepRecords(std::size_t sent);
    void forgetKept();
    Status sendPiece();
    Got sendFileEncrypted(int file, std::uint64_t offset, std::uint64_t size);
    Status sendOrKeep(std::string_view data);
    std::ptrdiff_t sendNow(std::string_view data);
    int fd() { return socket_.native_handle(); }

    Socket socket_;
    Scratch& scratch_;
    SslHandle ssl_;
    bool collecting_ = false;   // records go to scratch_.records rather than to kept_
    std::string kept_;          // what the socket did not take
    std::size_t keptSent_ = 0;  // of it
    std::size_t piece_;         // bytes of plain text encrypted before they are sent
    std::uint64_t bytesSent_ = 0;
};

}  // namespace marea::server

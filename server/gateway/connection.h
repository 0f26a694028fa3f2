#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "server/gateway/audience.h"
#include "server/gateway/eventthread.h"
#include "server/gateway/requestparser.h"
#include "server/gateway/responsehead.h"

namespace marea::server {

// One HTTP/1.1 connection: reads a request, has it answered, sends the answer, and again. A state machine that is
// pumped until it must wait for the socket, the handler or the work pool. While it waits for a request it holds no
// buffer. Lives on its thread.
class Connection final : public Session, public std::enable_shared_from_this<Connection> {
public:
    Connection(EventThread& thread, std::unique_ptr<Transport> transport, std::string peer);
    void start();

    void tick(std::int64_t now) override;
    void drain() override;
    void abort() override;
    void cut(const Audience& whose, std::int64_t before) override;

private:
    enum class Phase {
        Handshake,
        Head,      // waiting for a request, or in its head
        Upload,    // in its body
        Storing,   // a part of its body is on the way to the route's sink
        Handling,  // the handler has it
        Sending,
        Pulling,    // a StreamBody makes its next piece, or a file's next part is fetched from its disk
        Lingering,  // answered and ended; what the client still sends is thrown away, so that it reads the answer
        Closed
    };
    using Status = Transport::Status;

    // connection.cpp
    void pump();
    bool step();  // false: nothing more can be done before something happens
    bool waitFor(Status status);
    void wait(Transport::Socket::wait_type type);
    void yield();
    bool fail();
    bool stepHandshake();
    void setDeadline(int seconds);
    void becomeIdle();
    bool startLinger();
    bool stepLinger();

    // connectionread.cpp
    bool stepRead();
    bool take(std::string_view bytes);
    bool parse(std::string_view& bytes);
    void beginRequest();
    void onHead();
    bool checkHead();
    bool readTarget();
    bool findRoute();
    bool authorize(Access access);
    bool acceptBody(std::size_t maxBody);
    void refuseParse(const boost::system::error_code& error);
    void refuse(int status, const char* type, std::string text);
    void refuse(Response response);
    void handle();
    void openWebSocket();

    // connectionpolicy.cpp
    const RoutePolicy& policy() const;
    bool withinRules();
    void readOrigin();
    void readLanguage();
    bool isPreflight() const;
    void answerPreflight();
    bool isProxy(std::string_view address) const;
    bool withinAddressRate();
    bool withinUserRate();
    bool withinRate(std::optional<std::int64_t> wait);
    bool checkQuery();
    void noteAudited();
    void audit();

    // connectionupload.cpp
    bool mustStore(bool complete) const;
    bool store(bool complete);
    void stored(std::uint32_t generation, std::optional<Response> answer);

    // connectionsend.cpp
    Reply makeReply();
    void answer(std::uint32_t generation, Response response);
    void prepare(Response response);
    AnswerPlan plan();
    void compose(const AnswerPlan& plan);
    bool stepSend();
    Transport::Got sendSome();
    bool isLong() const;
    void noteAudience();
    bool mustFetch();
    bool fetch();
    void fetched(std::uint32_t generation);
    bool pull();
    void pulled(std::uint32_t generation, core::Result<std::optional<std::string>> piece);
    void nextPiece(std::string piece);
    bool finish();
    void log() const;

    EventThread& thread_;
    std::unique_ptr<Transport> transport_;
    const std::string peer_;

    Phase phase_ = Phase::Handshake;
    bool pumping_ = false;
    bool waitingRead_ = false, waitingWrite_ = false;
    bool started_ = false;    // bytes of this request have come
    bool inputHeld_ = false;  // pendingInput_ has not been looked at since the last request
    bool keepAlive_ = false, http10_ = false, chunked_ = false;
    std::uint32_t generation_ = 0;  // of the request, so that a late answer does not meet the next one
    std::int64_t deadline_ = 0;     // of thread_.now(); 0: none
    std::string pendingInput_;      // received, not yet parsed

    std::optional<RequestParser> parser_;
    std::size_t headBytes_ = 0;
    // A body on its way to a sink; used by one task at a time.
    struct Upload {
        Request request;
        std::unique_ptr<BodySink> sink;
    };
    // What is known of the request under way; gone when the connection is idle.
    struct Exchange {
        Request request;
        Conditions conditions;
        const Route* route = nullptr;
        const WebSocketRoute* webSocket = nullptr;
        Method method = Method::Get;
        std::string id, path;  // kept for the log: the handler takes the request
        bool streamUrl = false, secure = false;
        std::string origin;                // of the page that asks, where it may
        std::string_view language = "en";  // that errors are told in
        std::optional<AuditedRequest> audited;
        Audience audience;
        bool cut = false;  // while it was made
        std::int64_t begun = 0;
        std::uint64_t sentBefore = 0;
        std::shared_ptr<Upload> upload;
        std::shared_ptr<ClientWatch> watch;  // while the handler has it

        Response response;
        int status = 0;
        std::shared_ptr<StreamBody> stream;
        std::string piece;                        // of the stream, framed
        std::uint64_t offset = 0, remaining = 0;  // of the body
        std::uint64_t fetchedTo = 0;              // of a file: up to here it can be sent without waiting
        bool lastPiece = false;
    };
    std::unique_ptr<Exchange> exchange_;
    std::uint64_t lingered_ = 0;
};

}  // namespace marea::server

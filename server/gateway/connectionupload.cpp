#include <boost/asio/post.hpp>

#include "server/gateway/connection.h"

namespace marea::server {

namespace {

// So much of a body is collected before it goes to the sink: a write of this size costs a disk hardly more than a
// small one.
constexpr std::size_t kPiece = 512 * 1024;

std::optional<Response> storePiece(const BodyOpener& open, const Request& request, std::unique_ptr<BodySink>& sink,
                                   std::string_view piece, bool last) {
    try {
        if (!sink) {
            auto opened = open(request);
            if (!opened) {
                return std::move(opened.error());
            }
            sink = std::move(*opened);
        }
        if (!piece.empty()) {
            if (auto refusal = sink->take(piece)) {
                return refusal;
            }
        }
        return last ? std::optional(sink->finish()) : std::nullopt;
    } catch (const std::exception& error) {
        return Response::problem(core::Error{core::ErrorCode::Internal, error.what(), "Something went wrong."});
    }
}

}  // namespace

// Before the body comes, so that what cannot be taken is refused at once; then whenever there is enough of it.
bool Connection::mustStore(bool complete) const {
    const bool toSink = phase_ == Phase::Upload && exchange_->route != nullptr && exchange_->route->openBody;
    return toSink && (complete || !exchange_->upload || exchange_->request.body.size() >= kPiece);
}

// Nothing is read from the socket meanwhile: a client is taken as fast as the disk writes. Always false.
bool Connection::store(bool complete) {
    Exchange& exchange = *exchange_;
    std::string piece = std::exchange(exchange.request.body, {});
    if (!exchange.upload) {
        exchange.upload = std::make_shared<Upload>();
        exchange.upload->request = exchange.request;
    }
    if (complete) {
        parser_.reset();
    }
    phase_ = Phase::Storing;
    setDeadline(thread_.gateway().options.handlerTimeoutSeconds);
    thread_.gateway().disk([upload = exchange.upload, open = exchange.route->openBody, piece = std::move(piece),
                            complete, thread = thread_.shared_from_this(), weak = weak_from_this(),
                            generation = generation_] {
        auto answer = storePiece(open, upload->request, upload->sink, piece, complete);
        boost::asio::post(thread->io(), [weak, generation, answer = std::move(answer)]() mutable {
            if (const auto self = weak.lock()) {
                self->stored(generation, std::move(answer));
            }
        });
    });
    return false;
}

void Connection::stored(std::uint32_t generation, std::optional<Response> answer) {
    if (generation != generation_ || phase_ != Phase::Storing) {
        return;
    }
    if (answer && parser_) {
        refuse(std::move(*answer));
    } else if (answer) {
        ++generation_;
        prepare(std::move(*answer));
    } else {
        phase_ = Phase::Upload;
        setDeadline(thread_.gateway().options.bodyTimeoutSeconds);
        const bool awaited = parser_->expectsContinue() && parser_->bodyBytes() == 0 && pendingInput_.empty();
        if (awaited && transport_->write("HTTP/1.1 100 Continue\r\n\r\n") == Status::Failed) {
            abort();
            return;
        }
    }
    pump();
}

}  // namespace marea::server

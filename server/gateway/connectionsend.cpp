#include <boost/asio/post.hpp>
#include <charconv>

#include "server/gateway/clientwatch.h"
#include "server/gateway/connection.h"
#include "server/gateway/filestream.h"
#include "server/gateway/languages.h"
#include "server/gateway/residency.h"

namespace marea::server {

namespace asio = boost::asio;

namespace {

constexpr std::size_t kSmallBody = 64 * 1024;      // goes out in one write with its head
constexpr std::uint64_t kFetch = 2 * 1024 * 1024;  // of a file, looked at and fetched at once

std::string_view memoryOf(const Body& body) {
    if (const auto* text = std::get_if<std::string>(&body)) {
        return *text;
    }
    const auto* shared = std::get_if<std::shared_ptr<const std::string>>(&body);
    return shared != nullptr && *shared ? std::string_view(**shared) : std::string_view{};
}

// One chunk of RFC 9112 section 7.1.
std::string chunkOf(const std::string& data) {
    std::array<char, 16> size{};
    const auto [end, error] = std::to_chars(size.data(), size.data() + size.size(), data.size(), 16);
    std::string chunk(size.data(), end);
    chunk.reserve(chunk.size() + data.size() + 4);
    return chunk.append("\r\n").append(data).append("\r\n");
}

// Files, segments and what is made as it is sent. Short texts and pictures go out whole, whatever happens.
bool isLongBody(const Body& body) {
    return !std::holds_alternative<std::monostate>(body) && !std::holds_alternative<std::string>(body);
}

void makePiece(const StreamBody& stream, const std::function<void(StreamBody::Piece)>& done) {
    try {
        stream.ask ? stream.ask(done) : done(stream.next());
    } catch (const std::exception& error) {
        done(core::fail(core::ErrorCode::Internal, "The answer broke off.", error.what()));
    }
}

}  // namespace

Reply Connection::makeReply() {
    return Reply(
        [thread = thread_.shared_from_this(), weak = weak_from_this(), generation = generation_](Response response) {
            if (thread->isCurrent()) {
                if (const auto self = weak.lock()) {
                    self->answer(generation, std::move(response));
                }
                return;
            }
            asio::post(thread->io(), [weak, generation, response = std::move(response)]() mutable {
                if (const auto self = weak.lock()) {
                    self->answer(generation, std::move(response));
                }
            });
        });
}

void Connection::answer(std::uint32_t generation, Response response) {
    if (generation == generation_ && phase_ == Phase::Handling) {
        ++generation_;
        noteAudience();
        if (const auto watch = std::move(exchange_->watch)) {
            watch->done();
        }
        if (exchange_->cut && isLongBody(response.body)) {
            response = Response::problem({core::ErrorCode::Forbidden, {}, "This was ended on the server."});
        }
        prepare(std::move(response));
        pump();
    }
}

// An error, also one that comes of the request's conditions, is told in the client's language, with the request's id.
AnswerPlan Connection::plan() {
    Exchange& exchange = *exchange_;
    Response& response = exchange.response;
    if (response.status < 400 && exchange.route != nullptr) {
        speakFields(response, policy().words, exchange.language);
    }
    AnswerPlan plan = planAnswer(exchange.method, exchange.conditions, response);
    if (response.status >= 400) {
        speak(response, exchange.language);
        addRequestId(response, exchange.id);
    }
    if (const auto* text = std::get_if<std::string>(&response.body); text != nullptr && response.status >= 400) {
        plan.length = text->size();
    }
    return plan;
}

void Connection::prepare(Response response) {
    Exchange& exchange = *exchange_;
    exchange.response = std::move(response);
    if (auto* file = std::get_if<FileBody>(&exchange.response.body); file != nullptr && file->file.seal()) {
        exchange.response.body = throughMemory(std::move(*file));  // on the disk it is nobody's to read
    }
    const AnswerPlan plan = this->plan();
    exchange.status = plan.status;
    audit();
    chunked_ = false;
    if (auto* stream = std::get_if<StreamBody>(&exchange.response.body); stream != nullptr && plan.sendBody) {
        exchange.stream = std::make_shared<StreamBody>(std::move(*stream));
        chunked_ = !plan.length && !http10_;
        keepAlive_ = keepAlive_ && (plan.length || chunked_);
    }
    keepAlive_ = keepAlive_ && !thread_.gateway().draining.load(std::memory_order_relaxed);
    setDeadline(thread_.gateway().options.writeTimeoutSeconds);
    phase_ = Phase::Sending;
    compose(plan);
}

// Head, and the body with it when that is small, in one write.
void Connection::compose(const AnswerPlan& plan) {
    Exchange& exchange = *exchange_;
    std::string& out = thread_.scratch().compose;
    out.clear();
    appendHead(out, plan, exchange.response,
               HeadContext{thread_.date(), exchange.id, keepAlive_, http10_, chunked_, exchange.streamUrl,
                           exchange.secure && thread_.gateway().options.strictTransport,
                           !thread_.live().given.corsOrigins.empty(), exchange.origin});
    const std::string_view memory = memoryOf(exchange.response.body);
    if (exchange.stream) {
        exchange.remaining = plan.length.value_or(0);
        if (exchange.stream->seek && plan.part.offset > 0) {
            exchange.stream->seek(plan.part.offset);
        }
    } else if (plan.sendBody && !memory.empty() && memory.size() <= kSmallBody) {
        out.append(memory.substr(plan.part.offset, plan.length.value_or(memory.size())));
    } else if (plan.sendBody) {
        exchange.offset = plan.part.offset;
        exchange.remaining = plan.length.value_or(0);
    }
    if (transport_->write(out) == Status::Failed) {
        transport_->close();  // the next step sees it
    }
}

bool Connection::stepSend() {
    Exchange& exchange = *exchange_;
    const Status flushed = transport_->flush();
    if (flushed != Status::Done) {
        return waitFor(flushed);
    }
    if (exchange.stream && exchange.piece.empty()) {
        return exchange.lastPiece ? finish() : pull();
    }
    if (!exchange.stream && exchange.remaining == 0) {
        return finish();
    }
    if (mustFetch()) {
        return fetch();
    }
    const auto got = sendSome();
    if (got.size > 0) {
        setDeadline(thread_.gateway().options.writeTimeoutSeconds);
    }
    return got.status == Status::Done || waitFor(got.status);
}

// A piece of a file, of memory, or of a stream's piece.
Transport::Got Connection::sendSome() {
    Exchange& exchange = *exchange_;
    Transport::Got got{};
    if (exchange.stream) {
        got = transport_->writeSome(std::string_view(exchange.piece).substr(exchange.offset));
        exchange.offset += got.size;
        if (exchange.offset == exchange.piece.size()) {
            exchange.piece.clear();
        }
        return got;
    }
    if (const auto* file = std::get_if<FileBody>(&exchange.response.body)) {
        got = transport_->sendFile(file->file.get(), exchange.offset, exchange.remaining);
    } else {
        got = transport_->writeSome(memoryOf(exchange.response.body).substr(exchange.offset, exchange.remaining));
    }
    exchange.offset += got.size;
    exchange.remaining -= got.size;
    return got;
}

bool Connection::isLong() const {
    return exchange_->stream != nullptr || isLongBody(exchange_->response.body);
}

// Where the handler found out who asks.
void Connection::noteAudience() {
    if (exchange_->route->access == Access::Public && exchange_->watch) {
        exchange_->audience = exchange_->watch->audience();
    }
}

// Whether the next part of a file is neither known to be in memory nor found there.
bool Connection::mustFetch() {
    Exchange& exchange = *exchange_;
    const auto* file = std::get_if<FileBody>(&exchange.response.body);
    if (file == nullptr || exchange.stream || exchange.offset < exchange.fetchedTo) {
        return false;
    }
    const std::uint64_t size = std::min(exchange.remaining, kFetch);
    if (!isResident(file->file.get(), exchange.offset, size)) {
        return true;
    }
    exchange.fetchedTo = exchange.offset + size;
    return false;
}

// Has it read by a thread that may wait for the disk; this one serves the other connections meanwhile.
bool Connection::fetch() {
    Exchange& exchange = *exchange_;
    // Its own descriptor: the answer's may be closed, and its number given to another file, while the disk is slow.
    auto own = std::get<FileBody>(exchange.response.body).file.duplicate();
    if (!own) {
        return fail();
    }
    const auto file = std::make_shared<core::FileHandle>(std::move(*own));
    phase_ = Phase::Pulling;
    setDeadline(thread_.gateway().options.handlerTimeoutSeconds);
    thread_.gateway().disk([file, offset = exchange.offset, size = std::min(exchange.remaining, kFetch),
                            thread = thread_.shared_from_this(), weak = weak_from_this(), generation = generation_] {
        bringIn(file->get(), offset, size);
        asio::post(thread->io(), [weak, generation] {
            if (const auto self = weak.lock()) {
                self->fetched(generation);
            }
        });
    });
    return false;
}

void Connection::fetched(std::uint32_t generation) {
    if (generation == generation_ && phase_ == Phase::Pulling) {
        exchange_->fetchedTo = exchange_->offset + std::min(exchange_->remaining, kFetch);
        phase_ = Phase::Sending;
        setDeadline(thread_.gateway().options.writeTimeoutSeconds);
        pump();
    }
}

bool Connection::pull() {
    phase_ = Phase::Pulling;
    setDeadline(thread_.gateway().options.handlerTimeoutSeconds);
    thread_.gateway().pool([stream = exchange_->stream, thread = thread_.shared_from_this(), weak = weak_from_this(),
                            generation = generation_] {
        makePiece(*stream, [stream, thread, weak, generation](StreamBody::Piece piece) {
            asio::post(thread->io(), [weak, generation, piece = std::move(piece)]() mutable {
                if (const auto self = weak.lock()) {
                    self->pulled(generation, std::move(piece));
                }
            });
        });
    });
    return false;
}

void Connection::pulled(std::uint32_t generation, core::Result<std::optional<std::string>> piece) {
    if (generation != generation_ || phase_ != Phase::Pulling) {
        return;
    }
    if (!piece) {
        thread_.gateway().logger->warning("gateway.stream_failed",
                                          {{"request", exchange_->id}, {"error", piece.error().detail}});
        abort();  // the only way to say that the body is not whole
        return;
    }
    phase_ = Phase::Sending;
    setDeadline(thread_.gateway().options.writeTimeoutSeconds);
    Exchange& exchange = *exchange_;
    exchange.offset = 0;
    const bool counted = exchange.stream->length.has_value();
    if (exchange.stream->seek && piece && *piece && (*piece)->size() > exchange.remaining) {
        (*piece)->resize(exchange.remaining);
    }
    const std::uint64_t size = *piece ? (*piece)->size() : 0;
    if (counted && (size > exchange.remaining || (!*piece && exchange.remaining > 0))) {
        abort();  // not the length that was announced
        return;
    }
    exchange.remaining -= counted ? size : 0;
    if (*piece) {
        exchange.piece = chunked_ && size > 0 ? chunkOf(**piece) : std::move(**piece);
        exchange.lastPiece = exchange.stream->seek && exchange.remaining == 0;
    } else {
        exchange.lastPiece = true;
        exchange.piece = chunked_ ? "0\r\n\r\n" : "";
    }
    pump();
}

bool Connection::finish() {
    log();
    if (!keepAlive_) {
        return startLinger();
    }
    ++generation_;
    becomeIdle();
    return true;
}

void Connection::log() const {
    const Exchange& exchange = *exchange_;
    auto& counters = thread_.counters();
    const std::uint64_t sent = transport_->bytesSent() - exchange.sentBefore;
    counters.requests.fetch_add(1, std::memory_order_relaxed);
    counters.bytesSent.fetch_add(sent, std::memory_order_relaxed);
    counters.byClass[static_cast<std::size_t>(exchange.status / 100) % 6].fetch_add(1, std::memory_order_relaxed);
    core::Logger& logger = *thread_.gateway().logger;
    const core::LogLevel level = exchange.status >= 500   ? core::LogLevel::Warning
                                 : exchange.status >= 400 ? core::LogLevel::Info
                                                          : core::LogLevel::Debug;
    if (logger.enabled(level)) {
        logger.write(level, "gateway.request",
                     {{"request", exchange.id},
                      {"method", methodText(exchange.method)},
                      {"path", exchange.path},
                      {"status", exchange.status},
                      {"bytes", sent},
                      {"ms", thread_.now() - exchange.begun},
                      {"peer", peer_},
                      {"detail", exchange.response.detail}});
    }
}

}  // namespace marea::server

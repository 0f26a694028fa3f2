#include "server/host/localsocket.h"

#include <fcntl.h>
#include <poll.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <optional>

#include "core/base/jsonfields.h"

namespace marea::server {

namespace json = core::json;
using core::FileHandle;
using core::Result;

namespace {

constexpr const char* kName = "control.sock";
constexpr std::size_t kLongestQuestion = 256 << 10, kLongestAnswer = 64 << 20;
constexpr int kServerPatience = 5, kClientPatience = 130;  // seconds without progress

core::unexpected<core::Error> failed(const char* what) {
    return core::unexpected<core::Error>(core::systemError(errno, what));
}

// The address of a socket in `folder`. Its path may be longer than an address can be: then by way of the folder, which
// `held` keeps open.
Result<sockaddr_un> addressIn(const std::string& folder, FileHandle& held) {
    std::string path = folder + "/" + kName;
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
#ifdef __linux__
    if (path.size() >= sizeof address.sun_path) {
        held = FileHandle(::open(folder.c_str(), O_PATH | O_DIRECTORY | O_CLOEXEC));
        path = "/proc/self/fd/" + std::to_string(held.get()) + "/" + kName;
    }
#endif
    if (path.size() >= sizeof address.sun_path) {
        return core::fail(core::ErrorCode::Invalid, "The path of the data folder is too long for a socket.");
    }
    std::memcpy(address.sun_path, path.c_str(), path.size() + 1);
    return address;
}

FileHandle ownAlone(int descriptor) {
    if (descriptor >= 0) {
        ::fcntl(descriptor, F_SETFD, FD_CLOEXEC);
    }
    return FileHandle(descriptor);
}

FileHandle newSocket() {
    return ownAlone(::socket(AF_UNIX, SOCK_STREAM, 0));
}

void setPatience(const FileHandle& socket, int seconds) {
    const timeval time{seconds, 0};
    ::setsockopt(socket.get(), SOL_SOCKET, SO_RCVTIMEO, &time, sizeof time);
    ::setsockopt(socket.get(), SOL_SOCKET, SO_SNDTIMEO, &time, sizeof time);
}

bool isOurs(const FileHandle& connection) {
    uid_t uid = static_cast<uid_t>(-1);
#ifdef __linux__
    ucred who{};
    socklen_t length = sizeof who;
    if (::getsockopt(connection.get(), SOL_SOCKET, SO_PEERCRED, &who, &length) == 0) {
        uid = who.uid;
    }
#else
    gid_t group = 0;
    ::getpeereid(connection.get(), &uid, &group);
#endif
    return uid == ::geteuid() || uid == 0;
}

bool sendLine(const FileHandle& socket, const json::value& value) {
    const std::string line = json::serialize(value) + "\n";
    for (std::size_t sent = 0; sent < line.size();) {
        const ssize_t done = ::send(socket.get(), line.data() + sent, line.size() - sent, MSG_NOSIGNAL);
        if (done < 0 && errno == EINTR) {
            continue;
        }
        if (done <= 0) {
            return false;
        }
        sent += static_cast<std::size_t>(done);
    }
    return true;
}

// Without its end; nullopt: none came, or it is longer than that.
std::optional<std::string> readLine(const FileHandle& socket, std::size_t most) {
    std::string line;
    std::array<char, 16384> piece;
    for (;;) {
        const ssize_t got = ::recv(socket.get(), piece.data(), piece.size(), 0);
        if (got < 0 && errno == EINTR) {
            continue;
        }
        if (got <= 0 || line.size() + static_cast<std::size_t>(got) > most) {
            return std::nullopt;
        }
        line.append(piece.data(), static_cast<std::size_t>(got));
        if (const auto end = line.find('\n'); end != std::string::npos) {
            line.resize(end);
            return line;
        }
    }
}

json::value bodyOf(const Response& response) {
    const auto* own = std::get_if<std::string>(&response.body);
    const auto* shared = std::get_if<std::shared_ptr<const std::string>>(&response.body);
    const std::string* text = own ? own : shared ? shared->get() : nullptr;
    auto value = text && !text->empty() ? core::parseJson(*text) : Result<json::value>(json::value(nullptr));
    return value ? std::move(*value) : json::value(nullptr);
}

std::optional<Method> methodOf(std::string_view text) {
    for (const Method method : {Method::Get, Method::Post, Method::Put, Method::Delete}) {
        if (methodText(method) == text) {
            return method;
        }
    }
    return std::nullopt;
}

json::object problemJson(int status, const char* words) {
    return {{"status", status}, {"body", json::object{{"detail", words}}}};
}

}  // namespace

LocalSocket::LocalSocket(std::string path, FileHandle listening, FileHandle wakeRead, FileHandle wakeWrite,
                         Answer answer, std::shared_ptr<core::Logger> logger)
    : path_(std::move(path)),
      listening_(std::move(listening)),
      wakeRead_(std::move(wakeRead)),
      wakeWrite_(std::move(wakeWrite)),
      answer_(std::move(answer)),
      logger_(std::move(logger)),
      thread_([this] { run(); }) {}

Result<std::unique_ptr<LocalSocket>> LocalSocket::open(const std::string& folder, Answer answer,
                                                       std::shared_ptr<core::Logger> logger) {
    FileHandle held, listening = newSocket();
    const auto address = addressIn(folder, held);
    if (!address) {
        return core::unexpected<core::Error>(address.error());
    }
    ::unlink(address->sun_path);  // of one that was killed: the folder is locked, so that none is there
    if (!listening || ::bind(listening.get(), reinterpret_cast<const sockaddr*>(&*address), sizeof *address) != 0 ||
        ::chmod(address->sun_path, S_IRUSR | S_IWUSR) != 0 || ::listen(listening.get(), 16) != 0) {
        return failed("control socket");
    }
    std::array<int, 2> ends{-1, -1};
    if (::pipe(ends.data()) != 0) {
        return failed("pipe");
    }
    return std::unique_ptr<LocalSocket>(new LocalSocket(folder + "/" + kName, std::move(listening), ownAlone(ends[0]),
                                                        ownAlone(ends[1]), std::move(answer), std::move(logger)));
}

LocalSocket::~LocalSocket() {
    ::unlink(path_.c_str());
    wakeWrite_ = FileHandle();
    thread_.join();
}

void LocalSocket::run() {
    std::array<pollfd, 2> waiting{{{listening_.get(), POLLIN, 0}, {wakeRead_.get(), POLLIN, 0}}};
    for (;;) {
        const int ready = ::poll(waiting.data(), waiting.size(), -1);
        if (waiting[1].revents != 0 || (ready < 0 && errno != EINTR)) {
            return;
        }
        const FileHandle connection = ownAlone(::accept(listening_.get(), nullptr, nullptr));
        if (connection) {
            setPatience(connection, kServerPatience);
            serve(connection);
        }
    }
}

void LocalSocket::serve(const FileHandle& connection) {
    if (!isOurs(connection)) {
        logger_->warning("control.refused");
        return;
    }
    if (const auto question = readLine(connection, kLongestQuestion)) {
        sendLine(connection, answered(*question));
    }
}

json::object LocalSocket::answered(std::string_view question) const {
    const auto value = core::parseJson(question);
    const json::object* asked = value ? value->if_object() : nullptr;
    const json::value* target = asked ? asked->if_contains("target") : nullptr;
    const json::value* name = asked ? asked->if_contains("method") : nullptr;
    const auto method = name && name->is_string() ? methodOf(name->get_string()) : std::nullopt;
    if (!method || !target || !target->is_string()) {
        return problemJson(400, "This is no question.");
    }
    const json::value* body = asked->if_contains("body");
    const Response response = answer_(*method, std::string(target->get_string()),
                                      body && !body->is_null() ? json::serialize(*body) : std::string());
    return {{"status", response.status}, {"body", bodyOf(response)}};
}

Result<LocalAnswer> askServer(const std::string& folder, Method method, const std::string& target,
                              const json::value& body) {
    const auto none = [](const char* why) {
        return core::fail(core::ErrorCode::Unavailable, "No server runs on this data folder.", why);
    };
    FileHandle held, socket = newSocket();
    const auto address = addressIn(folder, held);
    if (!socket || !address ||
        ::connect(socket.get(), reinterpret_cast<const sockaddr*>(&*address), sizeof *address) != 0) {
        return none("no socket");
    }
    setPatience(socket, kClientPatience);
    const json::object question{{"method", methodText(method)}, {"target", target}, {"body", body}};
    const auto line = sendLine(socket, question) ? readLine(socket, kLongestAnswer) : std::nullopt;
    auto value = line ? core::parseJson(*line) : none("no answer");
    if (!value || !value->is_object() || !value->get_object().contains("status")) {
        return core::fail(core::ErrorCode::Unavailable, "The server does not answer.");
    }
    json::object& answer = value->get_object();
    return LocalAnswer{static_cast<int>(answer["status"].is_int64() ? answer["status"].get_int64() : 500),
                       std::move(answer["body"])};
}

}  // namespace marea::server

#include "server/apps/identity/passwords.h"

#include <sodium.h>

#include <algorithm>
#include <chrono>
#include <condition_variable>
#include <mutex>
#include <QString>

namespace marea::server {

namespace {

constexpr int kAtOnce = 2, kWaiting = 3;  // of the work pool's threads, so that strangers' log-ins never take them all
constexpr std::chrono::seconds kPatience{3};

}  // namespace

struct Passwords::Impl {
    unsigned long long operations = crypto_pwhash_OPSLIMIT_INTERACTIVE;
    std::size_t memory = crypto_pwhash_MEMLIMIT_INTERACTIVE;
    std::string dummy;
    std::mutex mutex;
    std::condition_variable freed;
    int running = 0, waiting = 0;

    // A turn at hashing; bounds the memory that log-ins of strangers can take.
    class Turn {
    public:
        explicit Turn(Impl& impl) : impl_(impl) {
            std::unique_lock lock(impl.mutex);
            if (impl.running >= kAtOnce && impl.waiting >= kWaiting) {
                return;
            }
            ++impl.waiting;
            taken_ = impl.freed.wait_for(lock, kPatience, [&] { return impl.running < kAtOnce; });
            --impl.waiting;
            impl.running += taken_;
        }
        ~Turn() {
            if (taken_) {
                const std::lock_guard lock(impl_.mutex);
                --impl_.running;
            }
            impl_.freed.notify_one();
        }
        Turn(const Turn&) = delete;
        Turn& operator=(const Turn&) = delete;
        bool taken() const { return taken_; }

    private:
        Impl& impl_;
        bool taken_ = false;
    };

    core::Result<std::string> hash(std::string_view password) {
        const Turn turn(*this);
        if (!turn.taken()) {
            return busy();
        }
        std::string text(crypto_pwhash_STRBYTES, '\0');
        if (crypto_pwhash_str_alg(text.data(), password.data(), password.size(), operations, memory,
                                  crypto_pwhash_ALG_ARGON2ID13) != 0) {
            return core::fail(core::ErrorCode::Unavailable, "Not enough memory. Try again.", "argon2id");
        }
        text.resize(text.find('\0'));
        return text;
    }
    core::Result<bool> matches(const std::string& known, std::string_view password) {
        const Turn turn(*this);
        if (!turn.taken()) {
            return busy();
        }
        return crypto_pwhash_str_verify(known.c_str(), password.data(), password.size()) == 0;
    }
    static tl::unexpected<core::Error> busy() {
        return core::fail(core::ErrorCode::Unavailable, "Too many people are signing in. Try again.", "argon2id queue");
    }
};

Passwords::Passwords(Cost cost) : impl_(std::make_unique<Impl>()) {
    if (cost == Cost::Minimal) {
        impl_->operations = crypto_pwhash_OPSLIMIT_MIN;
        impl_->memory = crypto_pwhash_MEMLIMIT_MIN;
    }
    // A hash of nothing, of the same cost as the real ones.
    impl_->dummy = "$argon2id$v=19$m=" + std::to_string(impl_->memory / 1024) +
                   ",t=" + std::to_string(impl_->operations) +
                   ",p=1$bWFyZWEgZHVtbXkgc2FsdA$wWKIMhR9lyDFvRz9YTZweHKfbftvj+qf+YFY4NeBbtA";
}

Passwords::~Passwords() = default;

core::Result<std::string> Passwords::hash(std::string_view password) const {
    return impl_->hash(password);
}

core::Result<bool> Passwords::matches(const std::string& hash, std::string_view password) const {
    return impl_->matches(hash, password);
}

core::Result<void> Passwords::pretend(std::string_view password) const {
    auto compared = impl_->matches(impl_->dummy, password);
    return compared ? core::Result<void>() : core::unexpected<core::Error>(compared.error());
}

core::Result<void> checkPassword(std::string_view password) {
    if (password.size() < 8) {
        return core::fail(core::ErrorCode::Invalid, "The password needs at least 8 characters.");
    }
    if (password.size() > 1024) {
        return core::fail(core::ErrorCode::Invalid, "The password is too long.");
    }
    return {};
}

core::Result<std::string> checkedUsername(std::string_view name) {
    const QString text = QString::fromUtf8(name.data(), static_cast<qsizetype>(name.size()))
                             .normalized(QString::NormalizationForm_C)
                             .trimmed();
    const bool printable =
        std::all_of(text.begin(), text.end(), [](QChar c) { return c.isPrint() || c.isSurrogate(); });
    if (text.isEmpty() || text.size() > 64 || !printable || text.contains(QChar::ReplacementCharacter)) {
        return core::fail(core::ErrorCode::Invalid, "The name needs 1 to 64 letters, digits or signs.");
    }
    return text.toStdString();
}

std::string usernameKey(std::string_view name) {
    return QString::fromUtf8(name.data(), static_cast<qsizetype>(name.size()))
        .trimmed()
        .normalized(QString::NormalizationForm_KC)
        .toCaseFolded()
        .normalized(QString::NormalizationForm_KC)
        .toStdString();
}

}  // namespace marea::server

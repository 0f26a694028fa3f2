#include "sync/peer/peerchannel.h"

#include <openssl/evp.h>
#include <openssl/x509.h>

#include <array>
#include <boost/asio/connect.hpp>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/read.hpp>
#include <boost/asio/write.hpp>
#include <thread>

#include "sync/peer/hostnames.h"
#include "sync/peer/peerstream.h"

namespace marea::sync {

namespace {

namespace asio = boost::asio;
namespace ssl = boost::asio::ssl;
using boost::system::error_code;
using core::Error;
using core::ErrorCode;
using core::fail;
using core::Result;
using core::unexpected;
using tcp = asio::ip::tcp;

std::optional<Digest> hashOf(X509* certificate) {
    Digest digest{};
    unsigned size = 0;
    const bool ok = certificate && X509_digest(certificate, EVP_sha256(), digest.data(), &size) == 1;
    return ok && size == digest.size() ? std::optional(digest) : std::nullopt;
}

core::unexpected<Error> tooLong() {
    return fail(ErrorCode::Timeout, "The other device does not answer.");
}

std::vector<tcp::endpoint> endpointsAt(const std::vector<std::string>& addresses, std::uint16_t port) {
    std::vector<tcp::endpoint> endpoints;
    for (const std::string& text : addresses) {
        error_code error;
        const auto address = asio::ip::make_address(text, error);
        if (!error) {
            endpoints.emplace_back(address, port);
        }
    }
    return endpoints;
}

}  // namespace

// An alert about a certificate is the other's no.
core::unexpected<Error> peerFailure(const error_code& error, bool refused) {
    if (refused || error.category() == asio::error::get_ssl_category()) {
        return fail(ErrorCode::Forbidden,
                    "This device and the other one are not paired, or one of them was set up anew. Pair them again.",
                    error.message());
    }
    return fail(ErrorCode::Unavailable,
                "The other device cannot be reached, or ended the connection. Perhaps the two are not paired any more.",
                error.message());
}

Result<std::shared_ptr<ssl::context>> peerContext(const PeerKeys& own, ssl::context::method method) {
    auto context = std::make_shared<ssl::context>(method);
    error_code error;
    SSL_CTX_set_min_proto_version(context->native_handle(), TLS1_3_VERSION);
    SSL_CTX_set_session_cache_mode(context->native_handle(), SSL_SESS_CACHE_OFF);
    SSL_CTX_set_num_tickets(context->native_handle(), 0);  // each connection shows its certificate
    context->use_certificate(asio::buffer(own.certificate), ssl::context::pem, error);
    if (!error) {
        context->use_private_key(asio::buffer(own.key), ssl::context::pem, error);
    }
    if (!error) {
        context->set_verify_mode(ssl::verify_peer | ssl::verify_fail_if_no_peer_cert, error);
    }
    return error ? Result<std::shared_ptr<ssl::context>>(
                       fail(ErrorCode::Corrupt, "The keys of this device cannot be used.", error.message()))
                 : context;
}

Result<void> PeerChannel::Impl::wait(const std::function<void(std::function<void(error_code)>)>& begin) {
    std::optional<error_code> ended;
    begin([&ended](error_code error) { ended = error; });
    loop->restart();
    loop->run_for(patience);
    if (!ended) {
        error_code ignored;
        stream.next_layer().close(ignored);
        loop->restart();
        loop->run();  // what was begun ends now: it refers to what is on this stack
        return tooLong();
    }
    return *ended ? Result<void>(peerFailure(*ended, refused)) : Result<void>();
}

void PeerChannel::Impl::letIn(const Known& known) {
    error_code ignored;
    stream.set_verify_callback(
        [this, &known](bool, ssl::verify_context& verified) {
            const auto hash = hashOf(X509_STORE_CTX_get_current_cert(verified.native_handle()));
            if (X509_STORE_CTX_get_error_depth(verified.native_handle()) != 0 || !hash || !known(*hash)) {
                refused = true;
                return false;
            }
            peer = *hash;
            return true;
        },
        ignored);
}

void PeerChannel::Impl::letNobodyIn() {
    error_code ignored;
    stream.set_verify_callback([](bool, ssl::verify_context&) { return false; }, ignored);
}

Result<void> PeerChannel::Impl::shake(const Known& known) {
    letIn(known);
    auto done = wait([&](auto told) { stream.async_handshake(ssl::stream_base::server, told); });
    letNobodyIn();
    return done;
}

void PeerChannel::Impl::goTo(const std::vector<tcp::endpoint>& places, const Known& known,
                             std::function<void(error_code)> told) {
    letIn(known);
    asio::async_connect(stream.next_layer(), places,
                        [this, told = std::move(told)](const error_code& error, const tcp::endpoint&) {
                            if (error) {
                                told(error);
                            } else {
                                stream.async_handshake(ssl::stream_base::client, told);
                            }
                        });
}

std::string PeerChannel::Impl::address() const {
    error_code error;
    const auto place = stream.next_layer().remote_endpoint(error);
    const auto address = place.address();
    const bool isMapped = !error && address.is_v6() && address.to_v6().is_v4_mapped();  // to who listens on all
    return error      ? std::string()
           : isMapped ? asio::ip::make_address_v4(asio::ip::v4_mapped, address.to_v6()).to_string()
                      : address.to_string();
}

PeerChannel::PeerChannel(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}

PeerChannel::~PeerChannel() {
    close();
}

const Digest& PeerChannel::peer() const {
    return impl_->peer;
}

std::string PeerChannel::address() const {
    return impl_->address();
}

std::uint16_t PeerChannel::port() const {
    error_code error;
    const auto place = impl_->stream.next_layer().remote_endpoint(error);
    return error ? std::uint16_t{0} : place.port();
}

void PeerChannel::setPatience(std::chrono::milliseconds patience) {
    impl_->patience = patience;
}

void PeerChannel::close() {
    error_code ignored;
    impl_->stream.next_layer().close(ignored);
}

// Whom a device meets that goes to several places at once.
struct PeerChannel::Race {
    const Known& known;
    std::chrono::milliseconds patience;
    std::shared_ptr<ssl::context> context;
    std::shared_ptr<asio::io_context> loop = std::make_shared<asio::io_context>();
    std::vector<std::unique_ptr<Impl>> runners = {};
    Impl* first = nullptr;
    std::size_t running = 0, looking = 0;
    std::optional<Error> why = {};
    std::shared_ptr<Race*> self = std::make_shared<Race*>(this);  // for names that come
    asio::executor_work_guard<asio::io_context::executor_type> nameComes = asio::make_work_guard(*loop);

    void lost(const Error& error) {  // that somebody else was there says more than that nobody was
        why = !why || error.code == ErrorCode::Forbidden ? error : *why;
    }

    // The system may take minutes over a name, and cannot be called off: who waits for it no longer is not told.
    void begin(const Place& place, const Lookup& lookup) {
        if (const auto numeric = endpointsAt({place.host}, place.port); !numeric.empty()) {
            return goTo(numeric);
        }
        ++looking;
        std::thread([loop = loop, lookup, place, waiting = std::weak_ptr(self)] {
            auto found = endpointsAt(lookup ? lookup(place.host) : systemsAddresses(place.host), place.port);
            asio::post(*loop, [waiting, found = std::move(found)] {
                if (const auto race = waiting.lock()) {
                    --(*race)->looking;
                    (*race)->goTo(found);
                }
            });
        }).detach();
    }

    void goTo(const std::vector<tcp::endpoint>& places) {
        if (places.empty()) {
            return lost(peerFailure(asio::error::host_not_found, false).value());
        }
        auto* const one = runners.emplace_back(std::make_unique<Impl>(context, patience, loop)).get();
        ++running;
        one->goTo(places, known, [this, one](const error_code& ended) {
            --running;
            if (ended) {
                lost(peerFailure(ended, one->refused).value());
            } else if (first == nullptr) {
                first = one;
            }
        });
    }

    // The first to arrive; what the others began ends now, as it refers to them.
    Result<std::unique_ptr<Impl>> run() {
        const auto until = std::chrono::steady_clock::now() + patience;
        while (first == nullptr && running + looking > 0 && loop->run_one_until(until) > 0) {
        }
        self.reset();
        nameComes.reset();
        const Impl* const winner = first;
        const Error reason = why.value_or(tooLong().value());
        for (const auto& one : runners) {
            error_code ignored;
            if (one.get() != winner) {
                one->stream.next_layer().close(ignored);
            }
        }
        while (running > 0 && loop->run_one() > 0) {
        }
        for (auto& one : runners) {
            if (one.get() == winner) {
                one->letNobodyIn();
                return std::move(one);
            }
        }
        return unexpected<Error>(reason);
    }
};

Result<std::unique_ptr<PeerChannel>> PeerChannel::connect(const std::string& host, std::uint16_t port,
                                                          const PeerKeys& own, const Known& known,
                                                          std::chrono::milliseconds patience) {
    return connect({Place{host, port}}, own, known, patience);
}

Result<std::unique_ptr<PeerChannel>> PeerChannel::connect(const std::vector<Place>& places, const PeerKeys& own,
                                                          const Known& known, std::chrono::milliseconds patience,
                                                          const Lookup& lookup) {
    auto context = peerContext(own, ssl::context::tls_client);
    if (!context) {
        return unexpected<Error>(context.error());
    }
    Race race{known, patience, std::move(*context)};
    for (const Place& place : places) {
        race.begin(place, lookup);
    }
    auto winner = race.run();
    return winner
               ? Result<std::unique_ptr<PeerChannel>>(std::unique_ptr<PeerChannel>(new PeerChannel(std::move(*winner))))
               : unexpected<Error>(winner.error());
}

Result<void> PeerChannel::send(std::string_view message) {
    if (message.size() > kLongest) {
        return fail(ErrorCode::TooLarge, "The message is too long for the other device.");
    }
    std::array<unsigned char, 4> length{};
    for (std::size_t i = 0; i < length.size(); ++i) {
        length[i] = static_cast<unsigned char>(message.size() >> (8 * (3 - i)));
    }
    const std::array<asio::const_buffer, 2> both{asio::buffer(length), asio::buffer(message)};
    return impl_->wait([&](auto told) {
        asio::async_write(impl_->stream, both, [told](const error_code& ended, std::size_t) { told(ended); });
    });
}

Result<std::string> PeerChannel::receive(std::size_t longest) {
    std::array<unsigned char, 4> head{};
    const auto read = [&](asio::mutable_buffer into) {
        return impl_->wait([&](auto told) {
            asio::async_read(impl_->stream, into, [told](const error_code& ended, std::size_t) { told(ended); });
        });
    };
    if (auto done = read(asio::buffer(head)); !done) {
        return unexpected<Error>(done.error());
    }
    std::size_t size = 0;
    for (const unsigned char byte : head) {
        size = (size << 8) | byte;
    }
    if (size > std::min(longest, kLongest)) {
        return fail(ErrorCode::TooLarge, "The other device says more than it may.");
    }
    std::string message(size, '\0');
    auto done = read(asio::buffer(message));
    return done ? Result<std::string>(std::move(message)) : unexpected<Error>(done.error());
}

}  // namespace marea::sync

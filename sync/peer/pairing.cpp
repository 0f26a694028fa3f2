#include "sync/peer/pairing.h"

#include <sodium.h>

#include "core/base/utf8.h"
#include "sync/peer/pairingmessage.h"

namespace marea::sync {

namespace {

constexpr std::string_view kOutOfStep = "The other device did not keep to the steps of pairing. Begin again.";

// Each part with its length, so that no two lists of parts hash alike.
class Hash {
public:
    explicit Hash(std::string_view purpose) {
        crypto_hash_sha256_init(&state_);
        add(purpose);
    }
    Hash& add(std::string_view text) { return add(text.data(), text.size()); }
    template <std::size_t N>
    Hash& add(const std::array<std::uint8_t, N>& bytes) {
        return add(bytes.data(), N);
    }
    Digest done() {
        Digest digest{};
        crypto_hash_sha256_final(&state_, digest.data());
        return digest;
    }

private:
    Hash& add(const void* data, std::size_t size) {
        std::array<std::uint8_t, 8> length{};
        for (std::size_t i = 0; i < length.size(); ++i) {
            length[i] = static_cast<std::uint8_t>(size >> (8 * i));
        }
        crypto_hash_sha256_update(&state_, length.data(), length.size());
        crypto_hash_sha256_update(&state_, static_cast<const unsigned char*>(data), size);
        return *this;
    }
    crypto_hash_sha256_state state_{};
};

bool isEqual(const Digest& a, const Digest& b) {
    return sodium_memcmp(a.data(), b.data(), a.size()) == 0;
}

// Unbiased enough: 2^64 is not a multiple of a million by less than 10^-13.
std::string sixDigits(const Digest& digest) {
    std::uint64_t number = 0;
    for (std::size_t i = 0; i < 8; ++i) {
        number = (number << 8) | digest[i];
    }
    const std::string text = std::to_string(number % 1'000'000);
    return std::string(6 - text.size(), '0') + text;
}

// As the other end takes it in.
PeerIdentity clean(PeerIdentity identity) {
    identity.name = core::cleanText(identity.name, kLongestPeerName);
    identity.name = identity.name.empty() ? "Marea" : identity.name;
    return identity;
}

PairingMessage withHash(const char* type, const Digest& hash) {
    PairingMessage message;
    message.type = type;
    message.hash = hash;
    return message;
}

}  // namespace

Pairing::Pairing(Role role, PeerIdentity own, const Digest& peerCertificate, const Digest& nonce, core::TimeMs now,
                 std::optional<PairingCode> code)
    : role_(role),
      own_(clean(std::move(own))),
      nonce_(nonce),
      until_(now + kPatience),
      code_(std::move(code)),
      expected_("hello") {
    peer_.certificate = peerCertificate;
}

std::vector<std::string> Pairing::failed(std::string reason, bool tell) {
    state_ = State::Failed;
    reason_ = std::move(reason);
    PairingMessage stop;
    stop.type = "stop";
    stop.reason = reason_;
    return tell ? std::vector<std::string>{pairingText(stop)} : std::vector<std::string>{};
}

std::vector<std::string> Pairing::start() {
    if (isEqual(own_.certificate, peer_.certificate)) {
        return failed("A device cannot be paired with itself.");
    }
    if (asks() && code_ && !isEqual(code_->certificate, peer_.certificate)) {
        return failed("This is not the device that showed the code.");
    }
    if (!asks()) {
        return {};
    }
    PairingMessage hello;
    hello.type = "hello";
    hello.replica = own_.replica;
    hello.name = own_.name;
    hello.byCode = code_.has_value();
    return {pairingText(hello)};
}

std::vector<std::string> Pairing::received(std::string_view text) {
    if (state_ == State::Done || state_ == State::Failed) {
        return {};
    }
    const auto message = pairingFromText(text);
    if (!message) {
        return failed("The other device says what no pairing has. Begin again.");
    }
    if (message->type == "stop") {
        return failed(message->reason.empty() ? "The other device ended the pairing." : message->reason, false);
    }
    if (message->type != expected_) {
        return failed(std::string(kOutOfStep));
    }
    return take(message->type, *message);
}

std::vector<std::string> Pairing::take(std::string_view type, const PairingMessage& message) {
    if (type == "hello") {
        return met(message);
    }
    if (type == "commit") {
        peerCommitment_ = message.hash;
        expected_ = "reveal";
        return {pairingText(withHash("reveal", nonce_))};
    }
    if (type == "reveal") {
        return revealed(message.hash);
    }
    if (!isEqual(message.hash, proof(asks() ? Role::Answers : Role::Asks))) {
        return failed("The other device does not know what it should. Somebody may be in between.");
    }
    heardYes_ = true;
    return confirmed();
}

std::vector<std::string> Pairing::met(const PairingMessage& message) {
    if (message.version != kPairingVersion) {
        return failed("The two devices have different versions of Marea. Update both, then pair again.");
    }
    if (message.replica == own_.replica) {
        return failed("Both devices say to be the same copy of the library.");
    }
    if (message.byCode && !code_) {
        return failed("This code was used, or it has run out. Have another one shown.");
    }
    if (message.byCode != code_.has_value()) {
        return failed("One device pairs by a code, the other by digits. Choose the same on both.");
    }
    peer_.replica = message.replica;
    peer_.name = message.name;
    if (asks()) {
        expected_ = "commit";
        return {};
    }
    expected_ = "reveal";
    PairingMessage hello;
    hello.type = "hello";
    hello.replica = own_.replica;
    hello.name = own_.name;
    hello.byCode = code_.has_value();
    return {pairingText(hello), pairingText(withHash("commit", commitment(nonce_)))};
}

// Who answers reveals after who asks has; who asks checks that it is what was promised.
std::vector<std::string> Pairing::revealed(const Digest& nonce) {
    peerNonce_ = nonce;
    std::vector<std::string> messages;
    if (asks()) {
        if (!isEqual(commitment(nonce), peerCommitment_)) {
            return failed("The other device broke its word. Somebody may be in between.");
        }
    } else {
        messages.push_back(pairingText(withHash("reveal", nonce_)));
    }
    expected_ = "confirm";
    compare();
    if (code_) {  // nothing to compare: the proofs show that the code was read
        saidYes_ = true;
        state_ = State::Waits;
        messages.push_back(pairingText(withHash("confirm", proof(role_))));
    }
    return messages;
}

void Pairing::compare() {
    state_ = State::Compares;
    digits_ = sixDigits(transcript());
}

std::vector<std::string> Pairing::compared(bool same) {
    if (state_ != State::Compares) {
        return {};
    }
    if (!same) {
        return failed("The digits were not the same: somebody may be in between.");
    }
    saidYes_ = true;
    state_ = State::Waits;
    std::vector<std::string> messages{pairingText(withHash("confirm", proof(role_)))};
    confirmed();
    return messages;
}

std::vector<std::string> Pairing::confirmed() {
    expected_ = heardYes_ ? "nothing" : expected_;
    if (saidYes_ && heardYes_) {
        state_ = State::Done;
    }
    return {};
}

void Pairing::tick(core::TimeMs now) {
    if (state_ != State::Done && state_ != State::Failed && now > until_) {
        failed("Nobody answered in time. Begin again.", false);
    }
}

void Pairing::gone() {
    if (state_ != State::Done && state_ != State::Failed) {
        failed("The connection to the other device ended. Begin again.", false);
    }
}

Digest Pairing::commitment(const Digest& nonce) const {
    const PeerIdentity& answers = asks() ? peer_ : own_;
    const PeerIdentity& asking = asks() ? own_ : peer_;
    return Hash("marea pairing 1 commit").add(answers.certificate).add(asking.certificate).add(nonce).done();
}

// All that was said and seen, the same from both ends unless somebody is in between.
Digest Pairing::transcript() const {
    const PeerIdentity& asking = asks() ? own_ : peer_;
    const PeerIdentity& answers = asks() ? peer_ : own_;
    Hash hash("marea pairing 1");
    for (const PeerIdentity* one : {&asking, &answers}) {
        hash.add(one->certificate).add(one->replica).add(one->name);
    }
    return hash.add(asks() ? nonce_ : peerNonce_).add(asks() ? peerNonce_ : nonce_).done();
}

// Of who says yes: by the secret of the code, where there is one.
Digest Pairing::proof(Role of) const {
    Hash hash("marea pairing 1 confirm");
    hash.add(of == Role::Asks ? "asks" : "answers").add(transcript());
    if (code_) {
        hash.add(code_->secret);
    }
    return hash.done();
}

}  // namespace marea::sync

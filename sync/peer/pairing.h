#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/clock.h"
#include "core/base/result.h"
#include "sync/merge/causality.h"

// How two devices that never met come to trust each other's keys, once. They speak over a TLS connection of which
// neither end is known yet, and each sees the other's certificate. Who answers commits itself to a random number before
// it sees that of who asks, then both reveal theirs; six digits follow from the numbers, both certificates and both
// hellos. People compare them: somebody in the middle would have to guess, once, with one chance in a million, and is
// seen when wrong (numeric comparison as in Bluetooth Core 5.3 vol. 3 part H 2.3.5.6.2, and ZRTP, RFC 6189
// section 4.4.1.1). Or one shows a QR code with the hash of its certificate and a secret: who has scanned it knows
// both, and proves it. Pure: what comes in, what goes out, and what people are to be asked.
namespace marea::sync {

using Digest = std::array<std::uint8_t, 32>;

struct PeerIdentity {
    Digest certificate{};  // SHA-256 of its DER, as TLS showed it
    ReplicaId replica{};
    std::string name;  // for people
};

// What a QR code holds: "marea:pair?v=1&at=HOST:PORT&also=HOST:PORT&key=…&secret=…&name=…", `also` for each further
// place at which the device is. Who does not know of those takes the first.
struct PairingCode {
    static constexpr std::size_t kMostPlaces = 6, kLongestText = 600;
    std::vector<std::string> places;  // HOST:PORT; at least one
    Digest certificate{};
    std::array<std::uint8_t, 16> secret{};
    std::string name;
};
// What does not fit into a code of those bounds is left out: the last places.
std::string codeText(const PairingCode& code);
std::optional<PairingCode> codeFromText(std::string_view text);

struct PairingMessage;

class Pairing {
public:
    enum class Role { Asks, Answers };
    enum class State {
        Talking,   // nothing to do but to pass messages on
        Compares,  // show digits(), ask whether the other device shows the same
        Waits,     // said yes here; the other has not yet
        Done,      // trust peer()
        Failed     // for reason()
    };
    static constexpr core::TimeMs kPatience = 2 * 60 * 1000;

    // `own.certificate` is ours, `peerCertificate` that of the other end as this connection shows it; `nonce` is fresh
    // from the system's random numbers. `code`: that was scanned (who asks) or is shown (who answers).
    Pairing(Role role, PeerIdentity own, const Digest& peerCertificate, const Digest& nonce, core::TimeMs now,
            std::optional<PairingCode> code = {});

    // Each returns the messages that go to the other, in order. After Done or Failed they do nothing.
    std::vector<std::string> start();
    std::vector<std::string> received(std::string_view message);
    std::vector<std::string> compared(bool same);  // what the person said
    void tick(core::TimeMs now);                   // nobody waits for ever
    void gone();                                   // the connection ended

    State state() const { return state_; }
    const std::string& digits() const { return digits_; }  // six, from Compares on
    const PeerIdentity& peer() const { return peer_; }
    const std::string& reason() const { return reason_; }

private:
    std::vector<std::string> failed(std::string reason, bool tell = true);
    std::vector<std::string> take(std::string_view type, const PairingMessage& message);
    std::vector<std::string> met(const PairingMessage& message);
    std::vector<std::string> revealed(const Digest& nonce);
    std::vector<std::string> confirmed();
    Digest commitment(const Digest& nonce) const;
    Digest transcript() const;
    Digest proof(Role of) const;
    void compare();
    bool asks() const { return role_ == Role::Asks; }

    const Role role_;
    const PeerIdentity own_;
    PeerIdentity peer_;
    const Digest nonce_;
    Digest peerNonce_{}, peerCommitment_{};
    const core::TimeMs until_;
    const std::optional<PairingCode> code_;
    std::string expected_;  // the message that comes next
    bool saidYes_ = false, heardYes_ = false;
    State state_ = State::Talking;
    std::string digits_, reason_;
};

}  // namespace marea::sync

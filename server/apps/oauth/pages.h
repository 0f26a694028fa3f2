#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "server/apps/oauth/pagewords.h"
#include "server/apps/oauth/redirects.h"

namespace marea::server {

// Another way to sign in than by password.
struct ExternalOffer {
    std::string name;     // of where; empty: there is none
    std::string address;  // of ours, where it begins
    std::string waits;    // what is done there, and waits for a password here; empty: nothing
};

// What every page has.
struct PageFrame {
    const PageWords& words;
    std::string serverName;
    std::string problem = {};  // what went wrong, in words; "": nothing
    std::string action = {};   // where its form goes
    Parameters hidden = {};    // what its form holds
    std::string who = {};      // the name of the one who is signed in
    ExternalOffer external = {};
};

// Whole HTML documents without scripts. Every text that is given is shown as text.
// `program`: what is asking, "": a device.
std::string signInPage(const PageFrame& frame, std::string_view program, std::string_view username);
std::string consentPage(const PageFrame& frame, std::string_view program, std::string_view redirectUri);
std::string devicePage(const PageFrame& frame, std::string_view code);
std::string deviceConsentPage(const PageFrame& frame, std::string_view device, std::string_view code);
enum class PageMark { Good, Plain, Error };
std::string messagePage(const PageFrame& frame, PageMark mark, std::string_view title, std::string_view text);

// `text` in the place of "%1".
std::string filledIn(std::string_view words, std::string_view text);

}  // namespace marea::server

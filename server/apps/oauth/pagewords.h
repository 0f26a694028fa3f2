#pragma once

#include <string_view>

namespace marea::server {

// What the pages say, in one language. "%1" stands for what is filled in.
struct PageWords {
    std::string_view language;  // BCP 47
    std::string_view signIn, signInTitle, signInFor, signInForDevice, name, password;
    std::string_view wrongPassword, tryAgainInSeconds, tryAgainInMinutes, tooMany, ranOut;
    std::string_view allowTitle, allowLead, mayLibraries, mayState, mayAccount;
    std::string_view backTo, backToThisMachine, signedInAs, somebodyElse, allow, deny;
    std::string_view deviceTitle, deviceLead, code, go, unknownCode;
    std::string_view deviceAllowLead, deviceCompare, deviceWarning;
    std::string_view deviceDone, deviceDoneText, deviceDenied, deviceDeniedText;
    std::string_view signInWith, linkFirst, externalDown, externalRefused, externalFailed;
    std::string_view badRequest, badClient, badRedirect, goBack, internal;
};

// English, or Spanish where `acceptLanguage` (RFC 9110 section 12.5.4) likes that better.
const PageWords& wordsFor(std::string_view acceptLanguage);

}  // namespace marea::server

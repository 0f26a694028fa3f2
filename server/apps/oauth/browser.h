#pragma once

#include <optional>
#include <string>

#include "server/apps/identity/requestfields.h"
#include "server/apps/oauth/oauth.h"
#include "server/apps/oauth/pages.h"

namespace marea::server {

// One request of a browser to a page: its cookie, who has signed in there, its language.
class Browser {
public:
    Browser(OAuth& oauth, const Request& request);

    const std::optional<User>& user() const { return user_; }
    const PageWords& words() const { return words_; }
    // `action`: where the page's form goes; `hidden`: what it holds besides the token of this browser.
    PageFrame frame(std::string action, Parameters hidden, std::string problem = {}) const;
    bool sent(const RequestFields& form) const;  // whether the form is from one of our pages in this browser

    // A name and a password from a form. What went wrong in words, or nothing: then the browser is signed in.
    struct Refusal {
        int status = 200;
        std::string words, retryAfter;
    };
    std::optional<Refusal> signIn(const RequestFields& form);
    // Somebody of whom another has said who it is.
    void signInAs(User user);
    void signOut();
    const std::string& cookie() const { return cookie_; }
    Refusal refusal(const core::Error& error) const;
    // The same, of what somebody who has signed in wanted: Unauthorized is that they have to do so again.
    Refusal notDone(const core::Error& error);

    // `formTargets`: where the page's form may lead besides this server, as CSP names it.
    Response page(int status, std::string html, const std::string& formTargets = {}) const;
    Response page(const Refusal& refusal, std::string html) const;
    Response redirect(const std::string& location) const;

private:
    ExternalOffer offer(const Parameters& hidden) const;
    void setCookie(Response& response) const;

    OAuth& oauth_;
    const Request& request_;
    const PageWords& words_;
    std::string cookie_;
    bool newCookie_ = false;
    std::optional<User> user_;
};

}  // namespace marea::server

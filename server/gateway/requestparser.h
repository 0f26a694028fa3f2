#pragma once

#include <boost/beast/http/basic_parser.hpp>

#include "server/gateway/conditional.h"
#include "server/gateway/http.h"

// Made once, in requestparser.cpp, which says why.
extern template class boost::beast::http::basic_parser<true>;

namespace marea::server {

// Fills a Request, and notes on the way what decides about framing. Beast's parser refuses by itself: bare line
// feeds, space before a colon, Content-Length twice with different values or beside Transfer-Encoding.
class RequestParser final : public boost::beast::http::basic_parser<true> {
public:
    RequestParser(Request& request, Conditions& conditions, std::size_t maxHeader)
        : request_(request), conditions_(conditions) {
        header_limit(static_cast<std::uint32_t>(maxHeader));
        body_limit(boost::none);  // ours depends on the route, which Beast does not know
    }

    void limitBody(std::size_t bytes) { maxBody_ = bytes; }

    // What is wrong with the head by our own rules, "" when nothing is.
    std::string_view complaint() const;
    // Whether it is certain where the body ends: the parser itself takes an unknown coding for no body at all.
    bool clearlyFramed() const { return codings_ == 0 || (codings_ == 1 && !unknownCoding_ && !http10_); }
    bool expectsContinue() const { return expectsContinue_; }
    bool expectsOther() const { return expectsOther_; }
    bool unknownCoding() const { return unknownCoding_; }
    bool http10() const { return http10_; }
    // Of the body so far, also when it has been moved away from the request.
    std::size_t bodyBytes() const { return bodyBytes_; }

private:
    using Text = boost::beast::string_view;
    using Error = boost::beast::error_code;

    void on_request_impl(boost::beast::http::verb verb, Text name, Text target, int version, Error& error) override;
    void on_response_impl(int, Text, int, Error&) override {}
    void on_field_impl(boost::beast::http::field field, Text name, Text value, Error& error) override;
    void on_header_impl(Error&) override { headDone_ = true; }
    void on_body_init_impl(const boost::optional<std::uint64_t>& length, Error& error) override;
    std::size_t on_body_impl(Text body, Error& error) override;
    void on_chunk_header_impl(std::uint64_t, Text, Error&) override {}
    std::size_t on_chunk_body_impl(std::uint64_t, Text body, Error& error) override {
        return on_body_impl(body, error);
    }
    void on_finish_impl(Error&) override {}

    Request& request_;
    Conditions& conditions_;
    std::size_t maxBody_ = 0, bodyBytes_ = 0;
    int hosts_ = 0, authorizations_ = 0, codings_ = 0;
    bool headDone_ = false, http10_ = false;
    bool expectsContinue_ = false, expectsOther_ = false, unknownCoding_ = false;
};

}  // namespace marea::server

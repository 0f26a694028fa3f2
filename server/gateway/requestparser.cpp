// Beast asserts that there are five bytes where a body may begin with its last chunk, "0\r\n", and a fourth byte: in a
// build with assertions one request in two packets would end the server. What it does then is right, and it does not
// look at what is not there (Boost 1.81, basic_parser::parse_chunk_header). So its parser is made here, without them.
#define BOOST_DISABLE_ASSERTS
#include "server/gateway/requestparser.h"

#include "server/gateway/text.h"

template class boost::beast::http::basic_parser<true>;

namespace marea::server {

namespace http = boost::beast::http;

namespace {

Method methodOf(http::verb verb) {
    switch (verb) {
        case http::verb::get:
            return Method::Get;
        case http::verb::head:
            return Method::Head;
        case http::verb::post:
            return Method::Post;
        case http::verb::put:
            return Method::Put;
        case http::verb::patch:
            return Method::Patch;
        case http::verb::delete_:
            return Method::Delete;
        case http::verb::options:
            return Method::Options;
        case http::verb::propfind:
            return Method::Propfind;
        case http::verb::proppatch:
            return Method::Proppatch;
        case http::verb::mkcol:
            return Method::Mkcol;
        case http::verb::copy:
            return Method::Copy;
        case http::verb::move:
            return Method::Move;
        case http::verb::lock:
            return Method::Lock;
        case http::verb::unlock:
            return Method::Unlock;
        default:
            return Method::Other;
    }
}

std::string_view standard(boost::beast::string_view text) {
    return {text.data(), text.size()};
}

// The condition that a field sets, null for other fields.
std::string* conditionOf(Conditions& conditions, http::field field) {
    switch (field) {
        case http::field::range:
            return &conditions.range;
        case http::field::if_range:
            return &conditions.ifRange;
        case http::field::if_none_match:
            return &conditions.ifNoneMatch;
        case http::field::if_modified_since:
            return &conditions.ifModifiedSince;
        case http::field::if_match:
            return &conditions.ifMatch;
        case http::field::if_unmodified_since:
            return &conditions.ifUnmodifiedSince;
        default:
            return nullptr;
    }
}

}  // namespace

std::string_view RequestParser::complaint() const {
    if (hosts_ > 1 || (hosts_ == 0 && !http10_)) {
        return "Exactly one Host field is needed.";  // RFC 9112 section 3.2
    }
    if (authorizations_ > 1) {
        return "Only one Authorization field is allowed.";
    }
    if (codings_ > 1 || (codings_ == 1 && http10_)) {
        return "The body's framing is ambiguous.";  // RFC 9112 section 6.1
    }
    return {};
}

void RequestParser::on_request_impl(http::verb verb, Text, Text target, int version, Error&) {
    request_.method = methodOf(verb);
    request_.target.assign(target.data(), target.size());
    http10_ = version < 11;
    request_.headers.reserve(8);
}

void RequestParser::on_field_impl(http::field field, Text name, Text value, Error&) {
    if (headDone_) {
        return;  // a trailer: it must not change what was already checked
    }
    switch (field) {
        case http::field::host:
            ++hosts_;
            break;
        case http::field::authorization:
            ++authorizations_;
            break;
        case http::field::transfer_encoding:
            ++codings_;
            unknownCoding_ = unknownCoding_ || !sameText(trimmed(standard(value)), "chunked");
            break;
        case http::field::expect:
            (sameText(trimmed(standard(value)), "100-continue") ? expectsContinue_ : expectsOther_) = true;
            break;
        default:
            if (std::string* condition = conditionOf(conditions_, field)) {
                if (!condition->empty()) {
                    condition->append(", ");
                }
                condition->append(value.data(), value.size());
            }
            break;
    }
    request_.headers.add(std::string(name.data(), name.size()), std::string(value.data(), value.size()));
}

void RequestParser::on_body_init_impl(const boost::optional<std::uint64_t>& length, Error&) {
    if (length && *length <= maxBody_) {
        request_.body.reserve(static_cast<std::size_t>(std::min<std::uint64_t>(*length, 64 * 1024)));
    }
}

std::size_t RequestParser::on_body_impl(Text body, Error& error) {
    if (body.size() > maxBody_ - bodyBytes_) {
        error = http::error::body_limit;
        return 0;
    }
    bodyBytes_ += body.size();
    request_.body.append(body.data(), body.size());
    return body.size();
}

}  // namespace marea::server

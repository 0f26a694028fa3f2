#include <gtest/gtest.h>

#include "server/gateway/responsehead.h"

namespace marea::server {
namespace {

std::string head(Response response, Method method = Method::Get, const Conditions& conditions = {},
                 HeadContext context = {"DATE", "ID"}) {
    const AnswerPlan plan = planAnswer(method, conditions, response);
    std::string out;
    appendHead(out, plan, response, context);
    return out;
}

Response fileResponse(std::uint64_t size) {
    return Response::file(core::FileHandle(), size, "video/mp4", "\"v1\"", 784111777000);
}

Conditions range(std::string field) {
    Conditions conditions;
    conditions.range = std::move(field);
    return conditions;
}

bool has(const std::string& text, std::string_view part) {
    return text.find(part) != std::string::npos;
}

TEST(Problem, MapsEveryCode) {
    const std::pair<core::ErrorCode, int> table[] = {
        {core::ErrorCode::Invalid, 400},       {core::ErrorCode::Unauthorized, 401},
        {core::ErrorCode::Forbidden, 403},     {core::ErrorCode::NotFound, 404},
        {core::ErrorCode::Conflict, 409},      {core::ErrorCode::TooLarge, 413},
        {core::ErrorCode::Unprocessable, 422}, {core::ErrorCode::Busy, 429},
        {core::ErrorCode::Unavailable, 503},   {core::ErrorCode::Timeout, 504},
        {core::ErrorCode::Cancelled, 503},     {core::ErrorCode::Io, 500},
        {core::ErrorCode::Corrupt, 500},       {core::ErrorCode::Internal, 500}};
    for (const auto& [code, status] : table) {
        EXPECT_EQ(Response::problem(core::Error{code, "", "text"}).status, status) << core::name(code);
    }
}

TEST(Problem, SaysTheTextAndNeverTheDetail) {
    Response response = Response::problem(core::Error{core::ErrorCode::NotFound, "row 7 of table x", "Not \"there\"."});
    addRequestId(response, "abc");
    const auto body = core::json::parse(std::get<std::string>(response.body)).as_object();
    EXPECT_EQ(body.at("type"), "urn:marea:error:not-found");
    EXPECT_EQ(body.at("title"), "Not Found");
    EXPECT_EQ(body.at("status"), 404);
    EXPECT_EQ(body.at("detail"), "Not \"there\".");
    EXPECT_EQ(body.at("request_id"), "abc");
    EXPECT_EQ(response.headers.find("content-type"), "application/problem+json");
    EXPECT_FALSE(has(std::get<std::string>(response.body), "row 7"));
}

TEST(Problem, BusyTellsWhenToTryAgain) {
    EXPECT_TRUE(Response::problem(core::Error{core::ErrorCode::Busy, "", ""}).headers.find("Retry-After"));
    EXPECT_TRUE(Response::problem(core::Error{core::ErrorCode::Unavailable, "", ""}).headers.find("Retry-After"));
}

TEST(Head, CarriesTheSecurityFields) {
    const std::string text = head(Response::text(200, "text/plain", "hello"));
    for (const char* field : {"HTTP/1.1 200 OK\r\n", "Date: DATE\r\n", "X-Request-Id: ID\r\n", "Content-Length: 5\r\n",
                              "X-Content-Type-Options: nosniff\r\n", "Referrer-Policy: no-referrer\r\n",
                              "Content-Security-Policy: default-src 'none'; frame-ancestors 'none'\r\n",
                              "Cross-Origin-Resource-Policy: same-origin\r\n", "Cache-Control: no-store\r\n"}) {
        EXPECT_TRUE(has(text, field)) << field;
    }
    EXPECT_TRUE(text.ends_with("\r\n\r\n"));
    EXPECT_FALSE(has(text, "Access-Control"));
    HeadContext stream{"DATE", "ID"};
    stream.streamUrl = true;
    EXPECT_TRUE(has(head(fileResponse(5), Method::Get, {}, stream), "Cross-Origin-Resource-Policy: cross-origin\r\n"));
}

TEST(Head, AHandlersChoiceWinsButNotOverFraming) {
    Response response = Response::text(200, "text/html", "x");
    response.headers.add("Content-Security-Policy", "default-src 'self'");
    response.headers.add("Content-Length", "999");
    response.headers.add("transfer-encoding", "chunked");
    const std::string text = head(std::move(response));
    EXPECT_TRUE(has(text, "Content-Security-Policy: default-src 'self'\r\n"));
    EXPECT_FALSE(has(text, "default-src 'none'"));
    EXPECT_FALSE(has(text, "999"));
    EXPECT_FALSE(has(text, "chunked"));
}

TEST(Head, ValuesCannotForgeFields) {
    Response response = Response::empty(302);
    response.headers.add("Location", "/a\r\nSet-Cookie: x=1\r\n\r\n<html>");
    const std::string text = head(std::move(response));
    EXPECT_FALSE(has(text, "\r\nSet-Cookie"));
    EXPECT_EQ(text.find("\r\n\r\n"), text.size() - 4);
}

TEST(Head, NoControlStandsInAFieldWhereverItIs) {
    for (int byte = 0; byte < 256; ++byte) {
        for (std::size_t at = 0; at < 20; ++at) {
            std::string value(20, 'v');
            value[at] = static_cast<char>(byte);
            Response response = Response::empty(200);
            response.headers.add("X-Test", value);
            const bool kept = byte == '\t' || (byte >= 0x20 && byte != 0x7F);
            value[at] = kept ? value[at] : ' ';
            ASSERT_TRUE(has(head(std::move(response)), "X-Test: " + value + "\r\n")) << byte << " at " << at;
        }
    }
}

TEST(Head, ChallengesOn401) {
    EXPECT_TRUE(has(head(Response::problem(401, "unauthorized", "")), "WWW-Authenticate: Bearer realm=\"marea\"\r\n"));
}

TEST(Plan, RangesOfFiles) {
    std::string text = head(fileResponse(100), Method::Get, range("bytes=10-19"));
    EXPECT_TRUE(has(text, "206 Partial Content"));
    EXPECT_TRUE(has(text, "Content-Range: bytes 10-19/100\r\n"));
    EXPECT_TRUE(has(text, "Content-Length: 10\r\n"));
    EXPECT_TRUE(has(text, "Accept-Ranges: bytes\r\n"));

    text = head(fileResponse(100), Method::Get, range("bytes=100-"));
    EXPECT_TRUE(has(text, "416 Range Not Satisfiable"));
    EXPECT_TRUE(has(text, "Content-Range: bytes */100\r\n"));
    EXPECT_TRUE(has(text, "application/problem+json"));

    Response kept;
    kept.body = std::make_shared<const std::string>("0123456789");
    EXPECT_TRUE(has(head(std::move(kept), Method::Get, range("bytes=2-4")), "Content-Range: bytes 2-4/10\r\n"));

    EXPECT_TRUE(has(head(fileResponse(100), Method::Get, range("bytes=0-1,5-6")), "Content-Length: 100\r\n"));
    EXPECT_TRUE(has(head(fileResponse(100), Method::Head, range("bytes=0-1")), "200 OK"));
    EXPECT_TRUE(has(head(Response::text(200, "a/b", "hello"), Method::Get, range("bytes=0-1")), "200 OK"));
}

TEST(Plan, IfRangeOfAnotherVersionGetsTheWhole) {
    Conditions conditions = range("bytes=0-1");
    conditions.ifRange = "\"v0\"";
    EXPECT_TRUE(has(head(fileResponse(100), Method::Get, conditions), "200 OK"));
    conditions.ifRange = "\"v1\"";
    EXPECT_TRUE(has(head(fileResponse(100), Method::Get, conditions), "206 Partial"));
}

TEST(Plan, NotModifiedHasNoBodyAndFewFields) {
    Conditions conditions;
    conditions.ifNoneMatch = "\"v1\"";
    for (const Method method : {Method::Get, Method::Head}) {
        const std::string text = head(fileResponse(100), method, conditions);
        EXPECT_TRUE(has(text, "304 Not Modified"));
        EXPECT_TRUE(has(text, "ETag: \"v1\"\r\n"));
        EXPECT_FALSE(has(text, "Content-Length"));
        EXPECT_FALSE(has(text, "Content-Type: "));
    }
    EXPECT_TRUE(has(head(fileResponse(100), Method::Post, conditions), "200 OK"));
    Response json = Response::json(200, {{"a", 1}});
    json.headers.add("ETag", "\"v1\"");
    EXPECT_TRUE(has(head(std::move(json), Method::Get, conditions), "304 Not Modified"));
}

TEST(Plan, HeadAnnouncesTheLength) {
    Response response = Response::text(200, "text/plain", "hello");
    const AnswerPlan plan = planAnswer(Method::Head, {}, response);
    EXPECT_FALSE(plan.sendBody);
    EXPECT_EQ(plan.length, 5U);
    response = Response::empty();
    EXPECT_FALSE(has(head(Response::empty()), "Content-Length"));
    EXPECT_TRUE(has(head(Response::empty(201)), "Content-Length: 0\r\n"));
}

TEST(ReplyObject, AnswersWhenDroppedAndOnlyOnce) {
    std::vector<int> statuses;
    const auto collect = [&](Response response) { statuses.push_back(response.status); };
    { const Reply dropped(collect); }
    {
        Reply used(collect);
        Reply moved(std::move(used));
        moved(Response::empty());
        moved(Response::empty());
    }
    EXPECT_EQ(statuses, (std::vector<int>{500, 204}));
}

TEST(HeaderFields, CompareWithoutCase) {
    Headers headers;
    headers.add("X-A", "1");
    headers.add("x-a", "2");
    EXPECT_EQ(headers.find("X-a"), "1");
    headers.set("X-A", "3");
    EXPECT_EQ(headers.all().size(), 1U);
    EXPECT_FALSE(headers.find("X"));
}

}  // namespace
}  // namespace marea::server

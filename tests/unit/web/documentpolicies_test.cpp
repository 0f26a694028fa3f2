#include "server/web/documentpolicies.h"

#include <gtest/gtest.h>

namespace marea::server {
namespace {

constexpr std::string_view kDocument = R"({
  "openapi": "3.1.0",
  "paths": {
    "/list": {"get": {"parameters": [
      {"name": "limit", "in": "query", "schema": {"type": "integer", "minimum": 1, "maximum": 200}},
      {"name": "from", "in": "query", "schema": {"type": "number", "minimum": 0}},
      {"name": "order", "in": "query", "schema": {"type": "string", "enum": ["asc", "desc"]}},
      {"name": "deep", "in": "query", "schema": {"type": "boolean"}},
      {"$ref": "#/components/parameters/Year"},
      {"name": "genre", "in": "query", "schema": {"type": "array", "items": {"type": "integer"}, "maxItems": 3}},
      {"name": "X-Field", "in": "header", "schema": {"type": "string"}}]}},
    "/search": {"get": {"parameters": [
      {"name": "q", "in": "query", "required": true, "schema": {"type": "string", "minLength": 1}}]}},
    "/plain": {"get": {}},
    "/told": {"get": {"responses": {"200": {"content": {"application/json": {"schema": {
      "type": "array", "items": {"$ref": "#/components/schemas/Told"}}}}}}}},
    "/things/{thing}": {"put": {"requestBody": {"required": true,
      "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Thing"}}}}}},
    "/wish": {"post": {"requestBody": {
      "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Thing"}}}}}},
    "/form": {"post": {"requestBody": {"required": true, "content": {
      "application/x-www-form-urlencoded": {"schema": {"type": "object", "properties": {
        "name": {"type": "string", "maxLength": 8}, "count": {"type": "integer"}},
        "required": ["name"], "additionalProperties": false}}}}}},
    "/own": {"get": {"x-checked-by": "handler", "x-rate": "search", "x-audit": "own.ask", "x-audit-field": "name"}},
    "/stream/{token}/{title}": {"get": {}}
  },
  "components": {"parameters": {
    "Year": {"name": "year", "in": "query", "schema": {"type": "string", "maxLength": 4}}
  }, "schemas": {
    "Thing": {"type": "object", "additionalProperties": false, "required": ["name"], "properties": {
      "name": {"type": "string", "minLength": 1, "maxLength": 8},
      "rating": {"type": ["integer", "null"], "minimum": 1, "maximum": 10},
      "codecs": {"type": "array", "maxItems": 4, "uniqueItems": true, "items": {"enum": ["h264", "av1"]}},
      "code": {"type": "string", "pattern": "^[a-z]{1,4}$"},
      "id": {"anyOf": [{"type": "integer", "minimum": 0}, {"type": "string", "maxLength": 4}, {"type": "null"}]},
      "rules": {"$ref": "#/components/schemas/Rules"}}},
    "Told": {"type": "object", "properties": {
      "problem": {"x-words": true, "type": "string"}, "title": {"type": "string"},
      "parts": {"type": "array", "items": {"$ref": "#/components/schemas/Told"}},
      "more": {"anyOf": [{"type": "null"}, {"type": "object", "properties": {"error": {"x-words": true}}}]}}},
    "Rules": {"type": "object", "additionalProperties": false, "required": ["rules"], "properties": {
      "rules": {"type": "array", "maxItems": 50, "items": {"anyOf": [
        {"type": "object", "additionalProperties": false, "required": ["field"], "properties": {
          "field": {"type": "string"}}},
        {"$ref": "#/components/schemas/Rules"}]}}}}
  }}
})";

class DocumentPolicies : public ::testing::Test {
protected:
    DocumentPolicies() {
        const auto nothing = inlined([](const Request&) { return Response::empty(); });
        add(Method::Get, "/list");
        add(Method::Get, "/search");
        add(Method::Get, "/plain");
        add(Method::Put, "/things/{id}");
        add(Method::Post, "/wish");
        add(Method::Post, "/form");
        add(Method::Get, "/own");
        add(Method::Get, "/undocumented");
        add(Method::Get, "/told");
        router_.add(Route{Method::Get, "/stream/{token}/{title}", Access::Stream, nothing});
        auto policies = documentPolicies(kDocument, router_);
        EXPECT_TRUE(policies) << policies.error().detail;
        policies_ = std::move(*policies);
    }

    void add(Method method, const std::string& pattern) {
        router_.add(Route{method, pattern, Access::User, inlined([](const Request&) { return Response::empty(); })});
    }

    const RequestCheck* checkOf(const std::string& pattern) const {
        for (std::size_t i = 0; i < router_.routes().size(); ++i) {
            if (router_.routes()[i].pattern == pattern) {
                return policies_.at(i).check.get();
            }
        }
        return nullptr;
    }

    // What is said against it; "" when nothing is.
    std::string query(const std::string& pattern, std::vector<std::pair<std::string, std::string>> pairs) const {
        Request request;
        request.query = std::move(pairs);
        return said(checkOf(pattern)->query(request));
    }
    std::string body(const std::string& pattern, std::string text, const char* type = "application/json") const {
        Request request;
        request.body = std::move(text);
        request.headers.add("Content-Type", type);
        return said(checkOf(pattern)->body(request));
    }
    std::string thing(std::string text) const { return body("/things/{id}", std::move(text)); }

    static std::string said(const std::optional<core::Error>& error) {
        EXPECT_TRUE(!error || error->code == core::ErrorCode::Invalid);
        return error ? error->text : "";
    }

    Router router_;
    RoutePolicies policies_;
};

TEST_F(DocumentPolicies, TakeQueriesOfTheDocumentedTypes) {
    EXPECT_EQ(query("/list", {}), "");
    EXPECT_EQ(query("/list", {{"limit", "200"}, {"from", "1.5"}, {"order", "asc"}, {"deep", "true"}}), "");
    EXPECT_EQ(query("/list", {{"from", "3"}, {"year", "1999"}}), "");
    EXPECT_EQ(query("/list", {{"genre", "1"}, {"genre", "2"}}), "");
}

TEST_F(DocumentPolicies, SayWhatAQueryShouldHave) {
    EXPECT_EQ(query("/list", {{"limit", "0"}}), "“limit” must be a whole number from 1 to 200.");
    EXPECT_EQ(query("/list", {{"limit", "ten"}}), "“limit” must be a whole number from 1 to 200.");
    EXPECT_EQ(query("/list", {{"limit", "10 "}}), "“limit” must be a whole number from 1 to 200.");
    EXPECT_EQ(query("/list", {{"limit", "1e1"}}), "“limit” must be a whole number from 1 to 200.");
    EXPECT_EQ(query("/list", {{"limit", ""}}), "“limit” must be a whole number from 1 to 200.");
    EXPECT_EQ(query("/list", {{"from", "inf"}}), "“from” must be a number from 0 on.");
    EXPECT_EQ(query("/list", {{"order", "up"}}), "“order” must be one of “asc”, “desc”.");
    EXPECT_EQ(query("/list", {{"deep", "1"}}), "“deep” must be true or false.");
    EXPECT_EQ(query("/list", {{"year", "12345"}}), "“year” must be a text of at most 4 characters.");
    EXPECT_EQ(query("/list", {{"limit", "1"}, {"limit", "2"}}), "“limit” is given twice.");
    EXPECT_EQ(query("/list", {{"genre", "1"}, {"genre", "x"}}), "“genre/1” must be a whole number.");
    EXPECT_EQ(query("/list", {{"genre", "1"}, {"genre", "2"}, {"genre", "3"}, {"genre", "4"}}),
              "“genre” must be a list of at most 3 entries.");
    EXPECT_EQ(query("/search", {}), "“q” is missing.");
    EXPECT_EQ(query("/search", {{"q", ""}}), "“q” must be a text of at least 1 characters.");
}

TEST_F(DocumentPolicies, RefuseParametersThatAreNotThere) {
    EXPECT_EQ(query("/plain", {}), "");
    EXPECT_EQ(query("/plain", {{"page", "2"}}), "There is no field “page”.");
    EXPECT_EQ(query("/list", {{"Limit", "1"}}), "There is no field “Limit”.");
    EXPECT_EQ(query("/list", {{"X-Field", "1"}}), "There is no field “X-Field”.");
    EXPECT_LT(query("/plain", {{std::string(5000, 'x'), "2"}}).size(), 300U);
}

TEST_F(DocumentPolicies, TakeBodiesThatFitTheirSchema) {
    EXPECT_EQ(thing(R"({"name": "a"})"), "");
    EXPECT_EQ(thing(R"({"name": "añoñoñoñ", "rating": null, "codecs": ["av1", "h264"], "code": "ab", "id": "x"})"), "");
    EXPECT_EQ(thing(R"({"name": "a", "id": null, "rules": {"rules": [{"field": "x"}, {"rules": []}]}})"), "");
    EXPECT_EQ(body("/wish", ""), "");
    EXPECT_EQ(body("/plain", "anything"), "");
}

TEST_F(DocumentPolicies, SayWhatABodyShouldHave) {
    EXPECT_EQ(thing(""), "The request needs a body.");
    EXPECT_EQ(thing("{"), "The body is not valid JSON.");
    EXPECT_EQ(thing("[]"), "The body must be an object.");
    EXPECT_EQ(thing("{}"), "“/name” is missing.");
    EXPECT_EQ(thing(R"({"name": "a", "x/y~": 1})"), "There is no field “/x~1y~0”.");
    EXPECT_EQ(thing(R"({"name": 5})"), "“/name” must be a text of 1 to 8 characters.");
    EXPECT_EQ(thing(R"({"name": "ninechars"})"), "“/name” must be a text of 1 to 8 characters.");
    EXPECT_EQ(thing(R"({"name": "a", "rating": 11})"), "“/rating” must be a whole number from 1 to 10, or null.");
    EXPECT_EQ(thing(R"({"name": "a", "codecs": ["av1", "x"]})"), "“/codecs/1” must be one of “h264”, “av1”.");
    EXPECT_EQ(thing(R"({"name": "a", "codecs": ["av1", "av1"]})"),
              "“/codecs” must be a list of at most 4 entries, each once.");
    EXPECT_EQ(thing(R"({"name": "a", "code": "A"})"), "“/code” must be a text that matches ^[a-z]{1,4}$.");
    EXPECT_EQ(thing(R"({"name": "a", "id": 1.5})"),
              "“/id” must be a whole number from 0 on, or a text of at most 4 characters, or null.");
    EXPECT_EQ(thing(R"({"name": "a", "rules": {"rules": [{"rules": [{"field": 7}]}]}})"),
              "“/rules/rules/0/rules/0/field” must be a text.");
}

TEST_F(DocumentPolicies, ReadForms) {
    const char* type = "application/x-www-form-urlencoded";
    EXPECT_EQ(body("/form", "name=a%20b&count=3", type), "");
    EXPECT_EQ(body("/form", "name=a&count=x", type), "“/count” must be a whole number.");
    EXPECT_EQ(body("/form", "count=1", type), "“/name” is missing.");
    EXPECT_EQ(body("/form", "name=%GG", type), "The form is malformed.");
    EXPECT_EQ(body("/form", "name=a&name=b", type), "“name” is given twice.");
    EXPECT_EQ(body("/form", "", type), "The request needs a body.");
}

TEST_F(DocumentPolicies, SayWhatIsLimitedAndRecorded) {
    const RoutePolicy& own = policies_.at(6);
    EXPECT_EQ(own.rate, RateClass::Search);
    EXPECT_EQ(own.audit, "own.ask");
    EXPECT_EQ(own.auditField, "name");
    EXPECT_EQ(policies_.at(0).rate, RateClass::Usual);
    EXPECT_EQ(policies_.at(0).audit, "");
}

TEST_F(DocumentPolicies, SayWhichFieldsOfAnswersAreWords) {
    EXPECT_EQ(policies_.at(8).words, (std::vector<std::string>{"error", "problem"}));
    EXPECT_TRUE(policies_.at(0).words.empty());
}

TEST_F(DocumentPolicies, LeaveToHandlersWhatIsTheirs) {
    EXPECT_EQ(checkOf("/own"), nullptr);
    EXPECT_EQ(checkOf("/undocumented"), nullptr);
    EXPECT_EQ(query("/stream/{token}/{title}", {{"cmcd", "x"}}), "");
}

// What must not take long, however it is made: the sanitizers make this slow enough to notice.
TEST_F(DocumentPolicies, AreNotKeptBusyByWhatIsTooMuch) {
    std::string many = R"({"name": "a", "codecs": [)";
    for (int i = 0; i < 10'000; ++i) {
        many += (i == 0 ? "\"av1\"" : ",\"av1\"");
    }
    EXPECT_EQ(thing(many + "]}"), "“/codecs” must be a list of at most 4 entries, each once.");
    EXPECT_EQ(thing(std::string(64, '[') + std::string(64, ']')), "The body is not valid JSON.");
    EXPECT_EQ(thing(R"({"name": "a", "code": ")" + std::string(60'000, 'a') + R"("})"),
              "“/code” must be a text that matches ^[a-z]{1,4}$.");
}

TEST(DocumentCheckErrors, AreMistakesInTheDocument) {
    Router router;
    router.add(Route{Method::Get, "/a", Access::User, inlined([](const Request&) { return Response::empty(); })});
    EXPECT_FALSE(documentPolicies("nothing", router));
    EXPECT_FALSE(documentPolicies(R"({"paths": {"/a": {"get": {"parameters": [{"$ref": "#/x"}]}}}})", router));
    EXPECT_FALSE(documentPolicies(R"({"paths": {"/a": {"get": {"parameters": [
        {"name": "n", "in": "query", "schema": {"type": "whole"}}]}}}})",
                                  router));
}

}  // namespace
}  // namespace marea::server

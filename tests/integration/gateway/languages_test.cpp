#include "fixture.h"

namespace marea::server::test {
namespace {

constexpr const char* kSpanish = "Accept-Language: es-ES,es;q=0.9,en;q=0.5\r\n";

class Languages : public GatewayFixture {
protected:
    Languages() {
        addRoute(Method::Get, "/title", [](const Request&) {
            return Response::problem(core::Error{core::ErrorCode::NotFound, "why", "There is no such title."});
        });
        addRoute(Method::Get, "/fine",
                 [](const Request&) { return Response::text(200, "text/plain", "There is no such title."); });
        addRoute(
            Method::Get, "/mine", [](const Request&) { return Response::empty(); }, Access::User);
        writeFile("film", 1000);
        addFileRoute("/film", "film");
        start();
    }
};

void expectSpanish(const Answer& answer, int status, const std::string& words) {
    EXPECT_EQ(answer.status, status);
    EXPECT_EQ(answer.field("content-language"), "es");
    EXPECT_EQ(answer.field("vary"), "Accept-Language");
    EXPECT_EQ(answer.field("content-length"), std::to_string(answer.body.size()));
    EXPECT_NE(answer.body.find("\"detail\":\"" + words + "\""), std::string::npos) << answer.body;
    EXPECT_NE(answer.body.find("\"request_id\":\""), std::string::npos) << answer.body;
}

TEST_P(Languages, ErrorsOfHandlersAndOfTheGatewayAreInTheOneAskedFor) {
    const auto client = connect();
    expectSpanish(client->get("/title", kSpanish), 404, "Ese título no existe.");
    expectSpanish(client->get("/nowhere", kSpanish), 404, "No hay nada en esta dirección.");
    expectSpanish(client->get("/mine", kSpanish), 401, "Inicia sesión primero.");
}

TEST_P(Languages, WhatComesOfConditionsIsToo) {
    const auto client = connect();
    const Answer outside = client->get("/film", std::string(kSpanish) + "Range: bytes=5000-\r\n");
    expectSpanish(outside, 416, "El tramo queda fuera del archivo.");
    EXPECT_EQ(outside.field("content-range"), "bytes */1000");
    expectSpanish(client->get("/film", std::string(kSpanish) + "If-Match: \"other\"\r\n"), 412,
                  "Esto ha cambiado desde que el cliente lo vio por última vez.");
}

TEST_P(Languages, SeveralFieldsAreOneList) {
    expectSpanish(connect()->get("/title", "Accept-Language: en;q=0.5\r\nAccept-Language: es\r\n"), 404,
                  "Ese título no existe.");
}

TEST_P(Languages, IsEnglishOtherwise) {
    const auto client = connect();
    for (const char* fields :
         {"", "Accept-Language: fr\r\n", "Accept-Language: en, es;q=0.9\r\n", "Accept-Language: ;;,,q=\r\n"}) {
        const Answer answer = client->get("/title", fields);
        EXPECT_EQ(answer.field("content-language"), "en");
        EXPECT_EQ(answer.field("vary"), "Accept-Language");
        EXPECT_NE(answer.body.find("There is no such title."), std::string::npos) << answer.body;
    }
}

TEST_P(Languages, WhatWorksIsLeftAlone) {
    const auto client = connect();
    const Answer answer = client->get("/fine", kSpanish);
    EXPECT_EQ(answer.body, "There is no such title.");
    EXPECT_EQ(answer.field("content-language"), "");
    EXPECT_EQ(client->get("/film", kSpanish).body.size(), 1000u);
}

TEST_P(Languages, HeadHasTheLengthThatGetHas) {
    const auto client = connect();
    const Answer got = client->get("/title", kSpanish);
    client->send("HEAD /title HTTP/1.1\r\nHost: t\r\n" + std::string(kSpanish) + "\r\n");
    EXPECT_EQ(client->receive(true).field("content-length"), got.field("content-length"));
}

INSTANTIATE_TEST_SUITE_P(Gateway, Languages, ::testing::Bool(), schemeName);

}  // namespace
}  // namespace marea::server::test

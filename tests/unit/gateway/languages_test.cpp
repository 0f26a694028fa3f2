#include "server/gateway/languages.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "core/base/jsonfields.h"

namespace marea::server {
namespace {

std::string member(const Response& response, const char* name) {
    const auto body = core::parseJson(std::get<std::string>(response.body));
    return std::string(body->at(name).as_string().c_str());
}

TEST(PreferredLanguage, IsTheOneLikedBest) {
    EXPECT_EQ(preferredLanguage("es"), "es");
    EXPECT_EQ(preferredLanguage("ES-mx"), "es");
    EXPECT_EQ(preferredLanguage("es-ES,es;q=0.9,en;q=0.8"), "es");
    EXPECT_EQ(preferredLanguage("en;q=0.4, es;q=0.5"), "es");
    EXPECT_EQ(preferredLanguage("fr, es;q=0.1"), "es");
    EXPECT_EQ(preferredLanguage("*, en;q=0.5"), "es") << "what is not named has the weight of the star";
    EXPECT_EQ(preferredLanguage("en;q=0, *"), "es");
}

TEST(PreferredLanguage, IsEnglishOtherwise) {
    for (const char* field : {"", "en", "en-GB, es;q=0.9", "en, es", "fr", "*", "es;q=0", "es;q=0.0", "est", "e",
                              ",;=,", "es;q=x", "es;q=-1", "en;q=0.501, es;q=0.5"}) {
        EXPECT_EQ(preferredLanguage(field), "en") << field;
    }
}

TEST(PreferredLanguage, IsTheFirstOfEquals) {
    EXPECT_EQ(preferredLanguage("es, en"), "es");
    EXPECT_EQ(preferredLanguage("en;q=0.5, es;q=0.5"), "en");
}

TEST(Speak, SaysAProblemInSpanish) {
    Response response = Response::problem(404, "not-found", "There is no such title.");
    speak(response, "es");
    EXPECT_EQ(member(response, "detail"), "Ese título no existe.");
    EXPECT_EQ(member(response, "title"), "No encontrado");
    EXPECT_EQ(member(response, "type"), "urn:marea:error:not-found");
    EXPECT_EQ(response.headers.find("Content-Language"), "es");
    EXPECT_EQ(response.headers.find("Vary"), "Accept-Language");
    EXPECT_EQ(response.status, 404);
}

TEST(Speak, LeavesEnglishAsItIs) {
    Response response = Response::problem(404, "not-found", "There is no such title.");
    const std::string before = std::get<std::string>(response.body);
    speak(response, "en");
    EXPECT_EQ(std::get<std::string>(response.body), before);
    EXPECT_EQ(response.headers.find("Content-Language"), "en");
    EXPECT_EQ(response.headers.find("Vary"), "Accept-Language");
}

TEST(Speak, TouchesNothingElse) {
    Response response = Response::json(200, core::json::object{{"detail", "There is no such title."}});
    speak(response, "es");
    EXPECT_EQ(member(response, "detail"), "There is no such title.");
    EXPECT_FALSE(response.headers.find("Content-Language"));
    Response empty = Response::empty(204);
    speak(empty, "es");
    EXPECT_FALSE(empty.headers.find("Vary"));
}

TEST(Speak, KeepsFurtherMembers) {
    Response response = Response::problem(409, "conflict", "The playlist was changed in the meantime.");
    auto& body = std::get<std::string>(response.body);
    body.pop_back();
    body += R"(,"devices":[{"name":"Not Found"}]})";
    speak(response, "es");
    EXPECT_NE(body.find(R"("devices":[{"name":"Not Found"}])"), std::string::npos);
    EXPECT_EQ(member(response, "detail"), "La lista cambió entretanto.");
}

Response listOf(std::string body) {
    return Response::text(200, "application/json", std::move(body));
}

TEST(SpeakFields, SaysWordsInAnswersWhereverTheyStand) {
    Response response =
        listOf(R"({"items":[{"title":"Tide","problem":"This file cannot be read."},{"problem":null,"title":"x"},)"
               R"({"files":[{"problem":"The file is damaged"}]}],"problem":"There is no \"such\" text."})");
    speakFields(response, {"error", "problem"}, "es");
    EXPECT_EQ(std::get<std::string>(response.body),
              R"({"items":[{"title":"Tide","problem":"No se puede leer este archivo."},{"problem":null,"title":"x"},)"
              R"({"files":[{"problem":"El archivo está dañado"}]}],"problem":"There is no \"such\" text."})");
    EXPECT_EQ(response.headers.find("Vary"), "Accept-Language");
}

TEST(SpeakFields, LeavesTextsThatLookLikeThem) {
    const std::string body = R"({"title":"\"problem\":\"The file is damaged\"","other":"The file is damaged"})";
    Response response = listOf(body);
    speakFields(response, {"problem"}, "es");
    EXPECT_EQ(std::get<std::string>(response.body), body);
}

TEST(SpeakFields, LeavesEnglishAndOtherAnswers) {
    const std::string body = R"({"problem":"The file is damaged"})";
    Response english = listOf(body);
    speakFields(english, {"problem"}, "en");
    EXPECT_EQ(std::get<std::string>(english.body), body);
    EXPECT_EQ(english.headers.find("Vary"), "Accept-Language");
    Response without = listOf(body);
    speakFields(without, {}, "es");
    EXPECT_EQ(std::get<std::string>(without.body), body);
    EXPECT_FALSE(without.headers.find("Vary"));
    Response page = Response::text(200, "text/html", body);
    speakFields(page, {"problem"}, "es");
    EXPECT_EQ(std::get<std::string>(page.body), body);
    Response cut = listOf(R"({"problem":"The file)");
    speakFields(cut, {"problem"}, "es");
    EXPECT_EQ(std::get<std::string>(cut.body), R"({"problem":"The file)");
}

struct Said {
    const char *english, *spanish;
};

TEST(InLanguage, KnowsWhatIsPutTogetherOfParts) {
    for (const Said& said : std::initializer_list<Said>{
             {"There is no profile \"mine\" on this server.", "El perfil «mine» no existe en este servidor."},
             {"“/title” is missing.", "Falta “/title”."},
             {"The body must be an object.", "El cuerpo tiene que ser un objeto."},
             {"“/year” must be a whole number from 1 to 9999, or null.",
              "“/year” tiene que ser un número entero de 1 a 9999, o null."},
             {"“/name” must be a text of 1 to 64 characters.", "“/name” tiene que ser un texto de 1 a 64 caracteres."},
             {"“/name” must be a text that matches ^[a-z]+$.",
              "“/name” tiene que ser un texto que coincida con ^[a-z]+$."},
             {"“sort” must be one of “title”, “added”.", "“sort” tiene que ser uno de “title”, “added”."},
             {"“/ids” must be a list of at most 200 entries, each once.",
              "“/ids” tiene que ser una lista de 200 entradas como máximo, cada una una vez."},
             {"burn must be never, needed or always.", "burn tiene que ser never, needed o always."},
             {"capabilities has an unknown field: wings.", "capabilities tiene un campo desconocido: wings."},
             {"rules[0].op is not one that year has.", "rules[0].op no es de los que tiene year."},
             {"There is not enough credit: 1.00 EUR of 2.50 EUR.", "No hay saldo suficiente: 1.00 EUR de 2.50 EUR."},
             {"You are playing one thing already, as much as you may at once. Stop it first, or try again in a minute "
              "if it has ended.",
              "Ya estás reproduciendo una cosa, todo lo que puedes a la vez. Detenlo antes, o inténtalo de nuevo "
              "dentro "
              "de un minuto si ya ha terminado."},
             {"There is no sound in Spanish in this title.", "En este título no hay sonido en español."},
             {"There is no sound in Portuguese (BR) in this title.",
              "En este título no hay sonido en portugués (BR)."}}) {
        EXPECT_EQ(inLanguage(said.english, "es"), said.spanish);
        EXPECT_EQ(inLanguage(said.english, "en"), said.english);
    }
}

// The text in quotes of a line of the catalogue, with values at its places.
std::string withValues(std::string_view line) {
    std::string text;
    const std::size_t end = line.rfind('"');
    for (std::size_t i = line.find('"') + 1; i < end; ++i) {
        if (line[i] == '%') {
            text += "<" + std::string(1, line[++i]) + ">";
        } else {
            text.push_back(line[i] == '\\' ? line[++i] : line[i]);
        }
    }
    return text;
}

TEST(InLanguage, SaysEachTextAsTheCatalogueHasIt) {
    std::string_view rest = spanishCatalogue();
    std::string english;
    bool part = false;
    int count = 0;
    while (!rest.empty()) {
        const std::string_view line = rest.substr(0, rest.find('\n'));
        rest.remove_prefix(std::min(rest.size(), line.size() + 1));
        part = line.starts_with("msgctxt") || (part && !line.empty());
        if (line.starts_with("msgid")) {
            english = withValues(line);
        } else if (line.starts_with("msgstr") && !part && !english.empty()) {
            EXPECT_EQ(inLanguage(english, "es"), withValues(line)) << "another message is taken for it";
            ++count;
        }
    }
    EXPECT_GT(count, 500);
}

TEST(InLanguage, LeavesWhatIsPutIn) {
    EXPECT_EQ(inLanguage("There is no profile \"The body\" on this server.", "es"),
              "El perfil «The body» no existe en este servidor.");
    EXPECT_EQ(inLanguage("There is no profile \"%1 %2\" on this server.", "es"),
              "El perfil «%1 %2» no existe en este servidor.");
}

TEST(InLanguage, LeavesWhatItDoesNotKnow) {
    EXPECT_EQ(inLanguage("Nobody ever wrote this down", "es"), "Nobody ever wrote this down");
    EXPECT_EQ(inLanguage("", "es"), "");
    EXPECT_EQ(inLanguage("There is no profile \"\" on this server.", "es"), "There is no profile \"\" on this server.");
    const std::string long_ = std::string(5000, 'a') + " is missing.";
    EXPECT_EQ(inLanguage(long_, "es"), long_);
}

}  // namespace
}  // namespace marea::server

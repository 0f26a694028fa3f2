#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <variant>
#include <vector>

namespace marea::server::subsonic {

// One value of an answer.
using Scalar = std::variant<std::string, std::int64_t, double, bool>;

template <class T>
Scalar scalar(T value) {
    if constexpr (std::is_same_v<T, bool> || std::is_same_v<T, double>) {
        return value;
    } else if constexpr (std::is_integral_v<T>) {
        return static_cast<std::int64_t>(value);
    } else {
        return std::string(std::move(value));
    }
}

// A part of an answer, which is XML and JSON alike: values are attributes and members, children are elements and
// objects. A list is an array even when it is empty, which XML does not show.
class Element {
public:
    Element() = default;
    static Element of(Scalar text);  // nothing but a text: a bare value in JSON

    template <class T>
    Element& set(std::string name, T value) {
        values_.emplace_back(std::move(name), scalar(std::move(value)));
        return *this;
    }
    template <class T>
    Element& set(std::string name, std::optional<T> value) {  // left out when it is not known
        return value ? set(std::move(name), std::move(*value)) : *this;
    }
    Element& setText(std::string name, std::string value);  // left out when it is empty
    Element& content(std::string text);                     // beside values: "value" in JSON
    Element& one(std::string name, Element child);
    Element& many(std::string name, std::vector<Element> list);

    struct Children {
        std::string name;
        bool list = false;
        std::vector<Element> elements;
    };
    const std::vector<std::pair<std::string, Scalar>>& values() const { return values_; }
    const std::vector<Children>& children() const { return children_; }
    const std::optional<Scalar>& text() const { return text_; }
    bool isBare() const { return text_ && values_.empty() && children_.empty() && !mixed_; }

private:
    std::vector<std::pair<std::string, Scalar>> values_;
    std::vector<Children> children_;
    std::optional<Scalar> text_;
    bool mixed_ = false;  // its text stands beside values, though it may have none
};

// Who answers, as said in every answer.
struct ServerName {
    std::string type, version;
};

constexpr const char* kProtocol = "1.16.1";

// The outermost element, of an answer or of what went wrong.
Element good(const ServerName& server);
Element failed(const ServerName& server, int code, const std::string& text);

enum class Format { Xml, Json, Jsonp };
struct AnswerFormat {
    Format format = Format::Xml;
    std::string callback;              // of Jsonp, checked
    std::string_view language = "en";  // of what went wrong
};
// What `f` and `callback` ask for. nullopt: another format, or what is no name of a function.
std::optional<AnswerFormat> answerFormat(std::string_view f, std::string_view callback);

struct Written {
    std::string contentType, body;
};
Written write(const Element& answer, const AnswerFormat& format);

}  // namespace marea::server::subsonic

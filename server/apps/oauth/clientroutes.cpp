// The programs that an owner has registered.
#include "server/apps/oauth/oauth.h"

namespace marea::server {

namespace json = core::json;
using core::ErrorCode;

namespace {

json::object jsonOf(const ApiClient& client) {
    return {{"id", client.id},
            {"name", client.name},
            {"redirect_uris", json::value_from(client.redirectUris)},
            {"created_at", client.createdAt},
            {"built_in", client.builtIn}};
}

struct NewClient {
    std::string name;
    std::vector<std::string> redirectUris;
};

// nullopt unless the body has these fields and no other.
std::optional<NewClient> newClient(const std::string& body) {
    boost::system::error_code error;
    const auto value = json::parse(body, error);
    const auto* object = error ? nullptr : value.if_object();
    const auto* name = object ? object->if_contains("name") : nullptr;
    const auto* uris = object ? object->if_contains("redirect_uris") : nullptr;
    const std::size_t fields = uris ? 2 : 1;
    if (!name || !name->is_string() || object->size() != fields || (uris && !uris->is_array())) {
        return std::nullopt;
    }
    NewClient client{std::string(name->get_string().data(), name->get_string().size()), {}};
    for (const auto& uri : uris ? uris->get_array() : json::array{}) {
        if (!uri.is_string()) {
            return std::nullopt;
        }
        client.redirectUris.emplace_back(uri.get_string().data(), uri.get_string().size());
    }
    return client;
}

}  // namespace

Response clientList(OAuth& oauth, const Request&) {
    auto clients = oauth.clients().all();
    if (!clients) {
        return problemOf(clients.error());
    }
    json::array items;
    for (const ApiClient& client : *clients) {
        items.push_back(jsonOf(client));
    }
    return Response::json(200, json::object{{"items", std::move(items)}, {"next_cursor", nullptr}});
}

Response addClient(OAuth& oauth, const Request& request) {
    auto asked = newClient(request.body);
    if (!asked) {
        return Response::problem(core::Error{ErrorCode::Invalid, "client",
                                             "A program needs a name, and a list of redirect_uris where it has any."});
    }
    auto client = oauth.clients().add(asked->name, std::move(asked->redirectUris));
    return client ? Response::json(201, jsonOf(*client)) : problemOf(client.error());
}

Response removeClient(OAuth& oauth, const Request& request) {
    auto removed = oauth.clients().remove(std::string(request.param("id")));
    return removed ? Response::empty() : problemOf(removed.error());
}

}  // namespace marea::server

#include "server/apps/catalog/metadatahandlers.h"

#include "server/apps/catalog/begunon.h"

namespace marea::server {

namespace {

using core::ErrorCode;
using core::Result;

constexpr int kLongestEdge = 2000;  // pixels of an uploaded picture as it is kept

core::Id itemOf(const Request& request) {
    return core::Id(request.param("id"));
}

}  // namespace

Response MetadataHandlers::answer(const Result<ItemMetadata>& metadata) {
    return metadata ? Response::json(200, metadataJson(*metadata)) : Response::problem(metadata.error());
}

Result<ItemMetadata> MetadataHandlers::write(const core::Id& item, const Work& work) {
    auto metadata = impl_.database.writeValue<ItemMetadata>([&](core::db::Session& session) {
        MetadataEdits edits(session);
        return work(edits);
    });
    if (metadata) {
        impl_.pictures.removeOthers(item, uploadedPicture(metadata->edited));
        impl_.contentChanged();
    }
    return metadata;
}

Response MetadataHandlers::read(const Request& request) {
    return answer(impl_.database.readValue<ItemMetadata>(
        [&](core::db::Session& session) { return MetadataEdits(session).read(itemOf(request)); }));
}

Response MetadataHandlers::change(const Request& request) {
    return answer(write(itemOf(request), [&](MetadataEdits& edits) -> Result<ItemMetadata> {
        const auto before = edits.read(itemOf(request));
        auto wanted = before ? parseMetadataChange(request.body, before->own.kind)
                             : core::unexpected<core::Error>(before.error());
        return wanted ? edits.change(itemOf(request), std::move(*wanted), impl_.clock->now())
                      : core::unexpected<core::Error>(wanted.error());
    }));
}

Response MetadataHandlers::reset(const Request& request) {
    auto done =
        write(itemOf(request), [&](MetadataEdits& edits) { return edits.reset(itemOf(request), impl_.clock->now()); });
    return done ? Response::empty() : Response::problem(done.error());
}

Response MetadataHandlers::resetPicture(const Request& request) {
    auto done = write(itemOf(request), [&](MetadataEdits& edits) {
        return edits.change(itemOf(request), MetadataChange{{}, {"artwork"}, {}}, impl_.clock->now());
    });
    return done ? Response::empty() : Response::problem(done.error());
}

void MetadataHandlers::setPicture(const Request& request, Reply reply) {
    const core::Id item = itemOf(request);
    auto known = impl_.database.readValue<ItemMetadata>(
        [&](core::db::Session& session) { return MetadataEdits(session).read(item); });
    auto file = known ? impl_.pictures.unnamed(request.body) : core::unexpected<core::Error>(known.error());
    if (!file) {
        return reply(Response::problem(file.error()));
    }
    auto shared = std::make_shared<Reply>(std::move(reply));
    impl_.prober.image(std::move(*file), "picture", kLongestEdge, [this, item, shared](Result<core::Image> image) {
        auto made = std::make_shared<Result<core::Image>>(std::move(image));
        if (!impl_.pool.post([this, item, shared, made] { (*shared)(keep(item, *made)); })) {
            (*shared)(Response::problem({ErrorCode::Unavailable, {}, "The server is busy."}));
        }
    });
}

Response MetadataHandlers::keep(const core::Id& item, const Result<core::Image>& image) {
    if (!image) {
        const bool ours = image.error().code == ErrorCode::Cancelled;
        return Response::problem(
            ours ? core::Error{ErrorCode::Unavailable, {}, "The server is busy."}
                 : core::Error{ErrorCode::Unprocessable, image.error().detail, "That is no picture that can be read."});
    }
    auto kept = impl_.pictures.keep(item, *image);
    return kept ? answer(write(item,
                               [&](MetadataEdits& edits) {
                                   return edits.setPicture(item, kept->name, kept->version, impl_.clock->now());
                               }))
                : Response::problem(kept.error());
}

void addMetadataRoutes(Router& router, Catalog::Impl& impl) {
    WorkPool& pool = impl.pool;
    const auto handlers = std::make_shared<MetadataHandlers>(impl);
    constexpr std::size_t kMaxPicture = 20 * 1024 * 1024;
    const auto add = [&](Method method, const char* pattern, Response (MetadataHandlers::*handler)(const Request&)) {
        router.add(Route{method, pattern, Access::Owner, pooled(pool, [handlers, handler](const Request& request) {
                             return ((*handlers).*handler)(request);
                         })});
    };
    add(Method::Get, "/api/v1/admin/media/{id}/metadata", &MetadataHandlers::read);
    add(Method::Put, "/api/v1/admin/media/{id}/metadata", &MetadataHandlers::change);
    add(Method::Delete, "/api/v1/admin/media/{id}/metadata", &MetadataHandlers::reset);
    add(Method::Delete, "/api/v1/admin/media/{id}/artwork", &MetadataHandlers::resetPicture);
    router.add(Route{Method::Put, "/api/v1/admin/media/{id}/artwork", Access::Owner,
                     begunOn(pool, [handlers](const Request& request,
                                              Reply reply) { handlers->setPicture(request, std::move(reply)); }),
                     kMaxPicture});
}

}  // namespace marea::server

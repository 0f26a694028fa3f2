// What was looked up of items elsewhere, into the catalogue.
#include "server/apps/catalog/provided.h"

#include "server/apps/catalog/catalogimpl.h"
#include "server/apps/catalog/metadataedits.h"

namespace marea::server {

namespace json = core::json;
using core::Result;

namespace {

constexpr int kLongestEdge = 2000;  // pixels of a picture as it is kept
using Origin = UploadedPictures::Origin;

MetadataFields fieldsOf(const ProvidedMetadata& provided) {
    MetadataFields fields;
    if (!provided.overview.empty()) {
        fields["overview"] = provided.overview;
    }
    if (!provided.genres.empty()) {
        fields["genres"] = json::array(provided.genres.begin(), provided.genres.end());
    }
    if (provided.year > 0) {
        fields["year"] = std::int64_t{provided.year};
    }
    return fields;
}

Result<void> write(Catalog::Impl& impl, const core::Id& item, const MetadataFields& fields,
                   const std::string& picture) {
    auto written = impl.database.writeValue<ItemMetadata>(
        [&](core::db::Session& session) { return MetadataEdits(session).provide(item, fields); });
    if (!written) {
        return core::unexpected<core::Error>(written.error());
    }
    impl.pictures.removeOthers(item, picture, Origin::Provider);
    impl.contentChanged();
    return {};
}

}  // namespace

Result<bool> Catalog::hasOwnPicture(const core::Id& itemId) {
    return impl_->database.readValue<bool>([&](core::db::Session& session) {
        return MetadataEdits(session).read(itemId).map(
            [](const ItemMetadata& metadata) { return !metadata.own.artworkSource.empty(); });
    });
}

void Catalog::provide(const core::Id& itemId, ProvidedMetadata provided, std::function<void(Result<void>)> done) {
    auto fields = fieldsOf(provided);
    auto file = provided.picture ? impl_->pictures.unnamed(*provided.picture)
                                 : Result<core::FileHandle>(core::fail(core::ErrorCode::NotFound, "There is none."));
    if (!file) {
        done(write(*impl_, itemId, fields, {}));
        return;
    }
    const auto kept = std::make_shared<std::function<void(Result<void>)>>(std::move(done));
    impl_->prober.image(std::move(*file), "picture", kLongestEdge,
                        [impl = impl_.get(), itemId, fields, kept](Result<core::Image> image) {
                            auto made = std::make_shared<Result<core::Image>>(std::move(image));
                            const bool posted = impl->pool.post([impl, itemId, fields, kept, made]() mutable {
                                auto picture = *made ? impl->pictures.keep(itemId, **made, Origin::Provider)
                                                     : core::unexpected<core::Error>(made->error());
                                if (picture) {
                                    fields["artwork"] = json::object{
                                        {"kind", ""}, {"source", picture->name}, {"version", picture->version}};
                                }
                                (*kept)(write(*impl, itemId, fields, picture ? picture->name : ""));
                            });
                            if (!posted) {
                                (*kept)(core::fail(core::ErrorCode::Unavailable, "The server is busy."));
                            }
                        });
}

}  // namespace marea::server

#pragma once

#include <QObject>

#include "app/api/playlistapi.h"
#include "app/devices/devicelibrary.h"
#include "app/devices/serverfetch.h"

namespace marea::app {

// What the signed-in account's server has: its titles and playlists, page by page. Files come as downloads, encodings
// are made there. GUI thread.
class ServerLibrary final : public QObject, public DeviceLibraryProvider {
    Q_OBJECT
public:
    ServerLibrary(ApiClient& api, ServerFetcher& fetcher, QObject* parent = nullptr);
    void load(Done done) override;
    LibraryProgress progress() const override { return {titles_, 0}; }

private:
    struct Loading;
    using LoadingPtr = std::shared_ptr<Loading>;
    static bool isEndless(const LoadingPtr& loading, const QString& cursor);
    void titles(const LoadingPtr& loading, const QString& cursor);
    void lists(const LoadingPtr& loading);
    void entries(const LoadingPtr& loading, qsizetype list, const QString& cursor);
    void finish(const LoadingPtr& loading);
    bool isLatest(const LoadingPtr& loading) const;

    ApiClient& api_;
    PlaylistApi playlists_;
    ServerFetcher& fetcher_;
    int number_ = 0;
    std::size_t titles_ = 0;  // of the latest
};

}  // namespace marea::app

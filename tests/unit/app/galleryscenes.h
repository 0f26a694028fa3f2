#pragma once

#include <functional>
#include <QQuickWindow>
#include <QSettings>
#include <QStringList>

#include "app/viewmodels/appcontext.h"
#include "tests/support/fakeengine.h"
#include "tests/unit/app/galleryhttp.h"

namespace marea::app::test {

// What pages show only once something has happened. A title of each kind is on the server.
class GalleryScenes {
public:
    struct Stage {
        ApiClient& api;
        AppContext& context;
        GalleryHttp& http;
        player::FakeEngine& engine;
        QSettings& settings;
        QString folder;  // for what is written
        std::function<void()> settle;
        std::function<void(const QString& name)> picture;
        std::function<void(const QString& name, QQuickWindow* window)> pictureOf;
    };
    GalleryScenes(Stage stage, QQuickWindow* window, QStringList films, QString album);
    ~GalleryScenes();

    void prepare();  // other computers, conflicts
    void showPeers();
    void showProfile();
    void showPlayer();
    void showAway();  // the server is gone afterwards

private:
    void go(const char* page, const QVariantMap& arguments = {});
    QQuickItem* find(const char* property, QQuickItem* below = nullptr);
    void keepTitles();

    Stage stage_;
    QQuickWindow* window_;
    QStringList films_;
    QString album_;
    PeerHost host_;
    PeerFinder finder_;
    bool kept_ = false;
};

}  // namespace marea::app::test

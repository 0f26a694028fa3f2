#pragma once

#include <functional>
#include <QDir>
#include <QPointer>
#include <QQuickAsyncImageProvider>
#include <QThreadPool>

#include "app/api/apiclient.h"

namespace marea::app {

// Fetches artwork of the server at the width it is shown with, and keeps it on disk (least recently used goes first).
// The token in the path is no part of the cache's key. load() from any thread; the rest happens on the GUI thread.
class ArtworkLoader : public QObject {
    Q_OBJECT
public:
    ArtworkLoader(ApiClient& api, core::HttpClient& http, QString folder, QObject* parent = nullptr);

    // Where artwork is found that the server does not give.
    void setKept(std::function<QByteArray(const QString& path)> kept) { kept_ = std::move(kept); }

    // `width` 0: as the server has it.
    void load(const QString& path, int width, QObject* receiver, std::function<void(QByteArray)> done);

private:
    void fetch(const QString& path, int width, const QString& file, QPointer<QObject> receiver,
               std::function<void(QByteArray)> done);
    void trim();

    ApiClient& api_;
    core::HttpClient& http_;
    std::function<QByteArray(const QString&)> kept_;
    QDir folder_;
    qint64 written_ = 0;
};

// image://artwork/<radius in pixels>/<path>: covers the asked size, corners cut; with "blur" for the radius: a soft
// wash of its colours; with "whole": as it is; with "<radius>-<x>-<y>-<width>-<height>": that part of it.
class ArtworkProvider final : public QQuickAsyncImageProvider {
public:
    explicit ArtworkProvider(ArtworkLoader& loader) : loader_(loader) {}
    QQuickImageResponse* requestImageResponse(const QString& id, const QSize& requestedSize) override;

private:
    ArtworkLoader& loader_;
    QThreadPool pool_;
};

QImage coverImage(const QImage& image, const QSize& size, int radius);
// The picture's colours alone, soft. Under a backdrop's words they stay as dark, or as light, as the words need to be
// read: `Behind::Free` leaves them as they are.
enum class Behind { Free, LightWords, DarkWords };
QImage washImage(const QImage& image, const QSize& size, Behind behind);

}  // namespace marea::app

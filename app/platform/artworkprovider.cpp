#include "app/platform/artworkprovider.h"

#include <array>
#include <QBuffer>
#include <QCryptographicHash>
#include <QImageReader>
#include <QPainter>
#include <QPainterPath>
#include <QSaveFile>

namespace marea::app {
namespace {

constexpr qint64 kDiskLimit = 256LL << 20;  // bytes
constexpr qint64 kTrimEvery = 16LL << 20;
constexpr int kPixelLimitMb = 128;                                  // of one decoded picture
constexpr std::array kWidths{160, 320, 480, 640, 960, 1280, 1920};  // the server rounds up to these

int roundedWidth(int width) {
    for (int w : kWidths)
        if (width <= w)
            return w;
    return kWidths.back();
}

// "/stream/<token>/<id>/artwork?v=…" without the token, which changes by the day and by the log-in.
QString keyOf(const QString& path, int width) {
    const auto stable = plainPicturePath(path).section(QLatin1Char('/'), 3);
    const auto text = QStringLiteral("%1|%2").arg(stable).arg(width).toUtf8();
    return QString::fromLatin1(QCryptographicHash::hash(text, QCryptographicHash::Sha256).toHex().left(40));
}

QImage decode(const QByteArray& bytes) {
    QBuffer buffer;
    buffer.setData(bytes);
    QImageReader reader(&buffer);
    reader.setAutoTransform(true);
    return reader.read();
}

// Nothing of what lies outside: a list may say anything.
QImage partOf(const QImage& image, const QRect& part) {
    const QRect there = part.intersected(image.rect());
    return part.isNull() ? image : there.isEmpty() ? QImage() : image.copy(there);
}

class ArtworkResponse final : public QQuickImageResponse {
public:
    ArtworkResponse(ArtworkLoader& loader, QThreadPool& pool, const QString& id, QSize size)
        : pool_(pool), size_(size) {
        const auto variant = id.section(QLatin1Char('/'), 0, 0);
        wash_ = variant == QLatin1String("blur") || variant == QLatin1String("dim") || variant == QLatin1String("pale");
        behind_ = variant == QLatin1String("dim")    ? Behind::LightWords
                  : variant == QLatin1String("pale") ? Behind::DarkWords
                                                     : Behind::Free;
        whole_ = variant == QLatin1String("whole");
        const auto numbers = variant.split(QLatin1Char('-'));
        radius_ = numbers.first().toInt();
        if (numbers.size() == 5)  // a part of a sheet: radius-x-y-width-height
            part_ = QRect(numbers[1].toInt(), numbers[2].toInt(), numbers[3].toInt(), numbers[4].toInt());
        const auto path = QLatin1Char('/') + id.section(QLatin1Char('/'), 1);
        if (!size_.isValid() || size_.isEmpty())
            size_ = QSize(320, 320);
        loader.load(path,
                    whole_ || !part_.isNull() ? 0
                    : wash_                   ? 160
                                              : size_.width(),
                    this, [this](QByteArray bytes) { draw(std::move(bytes)); });
    }

    QQuickTextureFactory* textureFactory() const override {
        return QQuickTextureFactory::textureFactoryForImage(image_);
    }
    QString errorString() const override { return error_; }

private:
    // On the GUI thread; scaling is left to the pool. finished() may be emitted from any thread.
    void draw(QByteArray bytes) {
        if (bytes.isEmpty()) {
            error_ = QStringLiteral("no artwork");
            Q_EMIT finished();
            return;
        }
        pool_.start([this, bytes = std::move(bytes)] {
            const auto image = partOf(decode(bytes), part_);
            if (image.isNull())
                error_ = QStringLiteral("artwork cannot be read");
            else
                image_ = whole_ ? image : wash_ ? washImage(image, size_, behind_) : coverImage(image, size_, radius_);
            Q_EMIT finished();
        });
    }

    QThreadPool& pool_;
    QSize size_;
    QImage image_;
    QString error_;
    int radius_ = 0;
    QRect part_;  // null: all of it
    bool wash_ = false, whole_ = false;
    Behind behind_ = Behind::Free;
};

}  // namespace

QQuickImageResponse* ArtworkProvider::requestImageResponse(const QString& id, const QSize& requestedSize) {
    return new ArtworkResponse(loader_, pool_, id, requestedSize);
}

QImage coverImage(const QImage& image, const QSize& size, int radius) {
    const auto scaled = image.scaled(size, Qt::KeepAspectRatioByExpanding, Qt::SmoothTransformation);
    QImage result(size, QImage::Format_ARGB32_Premultiplied);
    result.fill(Qt::transparent);
    QPainter painter(&result);
    painter.setRenderHint(QPainter::Antialiasing);
    if (radius > 0) {
        QPainterPath path;
        path.addRoundedRect(QRectF(QPointF(), QSizeF(size)), radius, radius);
        painter.setClipPath(path);
        // A clip is not antialiased by the raster engine; a brush is.
        painter.setClipping(false);
        QBrush brush(scaled);
        brush.setTransform(
            QTransform::fromTranslate((size.width() - scaled.width()) / 2.0, (size.height() - scaled.height()) / 2.0));
        painter.fillPath(path, brush);
    } else {
        painter.drawImage((size.width() - scaled.width()) / 2, (size.height() - scaled.height()) / 2, scaled);
    }
    return result;
}

namespace {

// At the strength of a backdrop the theme's quieter words have a contrast of 4.5 (WCAG 2.1) on white artwork and on
// black.
constexpr double kBrightest = 95, kDarkest = 175;  // of 255

QRgb readable(QRgb colour, Behind behind) {
    const double luma = 0.2126 * qRed(colour) + 0.7152 * qGreen(colour) + 0.0722 * qBlue(colour);
    if (behind == Behind::LightWords && luma > kBrightest) {
        const double scale = kBrightest / luma;
        return qRgb(qRound(qRed(colour) * scale), qRound(qGreen(colour) * scale), qRound(qBlue(colour) * scale));
    }
    if (behind == Behind::DarkWords && luma < kDarkest) {
        const double share = (kDarkest - luma) / (255 - luma);
        const auto lift = [share](int part) { return qRound(part + (255 - part) * share); };
        return qRgb(lift(qRed(colour)), lift(qGreen(colour)), lift(qBlue(colour)));
    }
    return colour;
}

}  // namespace

QImage washImage(const QImage& image, const QSize& size, Behind behind) {
    // Down to a few pixels and up again, twice: as soft as a blur, and cheap.
    auto tiny =
        image.scaled(6, 6, Qt::IgnoreAspectRatio, Qt::SmoothTransformation).convertToFormat(QImage::Format_RGB32);
    for (int y = 0; y < tiny.height(); ++y)
        for (int x = 0; x < tiny.width(); ++x)
            tiny.setPixel(x, y, readable(tiny.pixel(x, y), behind));
    const auto middle = tiny.scaled(48, 48, Qt::IgnoreAspectRatio, Qt::SmoothTransformation);
    return middle.scaled(size, Qt::IgnoreAspectRatio, Qt::SmoothTransformation).convertToFormat(QImage::Format_RGB32);
}

ArtworkLoader::ArtworkLoader(ApiClient& api, core::HttpClient& http, QString folder, QObject* parent)
    : QObject(parent), api_(api), http_(http), folder_(std::move(folder)) {
    folder_.mkpath(QStringLiteral("."));
    QImageReader::setAllocationLimit(kPixelLimitMb);
}

void ArtworkLoader::load(const QString& path, int width, QObject* receiver, std::function<void(QByteArray)> done) {
    const int rounded = width > 0 ? roundedWidth(width) : 0;
    QPointer<QObject> alive(receiver);
    QMetaObject::invokeMethod(
        this,
        [this, path, rounded, alive, done = std::move(done)] {
            if (!alive)
                return;
            const auto file = folder_.filePath(keyOf(path, rounded));
            QFile cached(file);
            if (cached.open(QIODevice::ReadOnly)) {
                cached.setFileTime(QDateTime::currentDateTime(), QFileDevice::FileModificationTime);
                return done(cached.readAll());
            }
            fetch(path, rounded, file, alive, done);
        },
        Qt::QueuedConnection);
}

void ArtworkLoader::fetch(const QString& path, int width, const QString& file, QPointer<QObject> receiver,
                          std::function<void(QByteArray)> done) {
    auto url = pictureUrl(path, api_.server());
    if (width > 0) {
        QUrlQuery query(url);
        query.addQueryItem(QStringLiteral("w"), QString::number(width));
        url.setQuery(query);
    }
    auto request = core::HttpRequest::get(url);
    request.maxBody = 16 << 20;
    // Pictures of what is for sale are for who is signed in, at the API's own address.
    const bool signedIn = path.startsWith(QLatin1String("/api/"));
    const ApiCall call{"GET", path, QUrlQuery(url)};
    deliver(signedIn ? api_.answer(call) : http_.send(request), this,
            [this, path, file, receiver, done = std::move(done)](const core::Result<core::HttpResponse>& answer) {
                const bool good = answer && answer->ok();
                if (good) {
                    QSaveFile save(file);
                    if (save.open(QIODevice::WriteOnly) && save.write(answer->body) == answer->body.size() &&
                        save.commit()) {
                        written_ += answer->body.size();
                        if (written_ > kTrimEvery)
                            trim();
                    }
                }
                if (receiver)
                    done(good ? answer->body : kept_ ? kept_(path) : QByteArray());
            });
}

void ArtworkLoader::trim() {
    written_ = 0;
    qint64 total = 0;
    const auto files = folder_.entryInfoList(QDir::Files, QDir::Time);  // newest first
    for (const auto& file : files) {
        total += file.size();
        if (total > kDiskLimit)
            QFile::remove(file.filePath());
    }
}

}  // namespace marea::app

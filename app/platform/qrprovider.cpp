#include "app/platform/qrprovider.h"

#include <qrencode.h>
#include <memory>
#include <QUrl>

namespace marea::app {
namespace {

constexpr int kQuiet = 4;  // modules on each side (ISO/IEC 18004, 6.3.8)

struct Freed {
    void operator()(QRcode* code) const { QRcode_free(code); }
};

QImage modulesOf(const QRcode& code) {
    QImage image(code.width + 2 * kQuiet, code.width + 2 * kQuiet, QImage::Format_RGB32);
    image.fill(Qt::white);
    for (int y = 0; y < code.width; ++y)
        for (int x = 0; x < code.width; ++x)
            if (code.data[y * code.width + x] & 1)
                image.setPixel(x + kQuiet, y + kQuiet, qRgb(0, 0, 0));
    return image;
}

}  // namespace

QImage QrProvider::requestImage(const QString& id, QSize* size, const QSize& requestedSize) {
    const auto text = QUrl::fromPercentEncoding(id.toUtf8()).toUtf8();
    const std::unique_ptr<QRcode, Freed> code(QRcode_encodeData(
        static_cast<int>(text.size()), reinterpret_cast<const unsigned char*>(text.constData()), 0, QR_ECLEVEL_M));
    if (!code)
        return {};
    QImage image = modulesOf(*code);
    if (requestedSize.width() > image.width()) {
        const int side = requestedSize.width() / image.width() * image.width();  // whole pixels a module
        image = image.scaled(side, side);
    }
    if (size)
        *size = image.size();
    return image;
}

}  // namespace marea::app

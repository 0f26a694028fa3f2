#pragma once

#include <QQuickImageProvider>

namespace marea::app {

// image://qr/TEXT: the text as a QR code, dark on light with its quiet zone, whatever the theme: cameras want it so.
class QrProvider : public QQuickImageProvider {
public:
    QrProvider() : QQuickImageProvider(QQuickImageProvider::Image) {}
    QImage requestImage(const QString& id, QSize* size, const QSize& requestedSize) override;
};

}  // namespace marea::app

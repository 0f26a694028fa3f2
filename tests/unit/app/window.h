#pragma once

#include <gtest/gtest.h>

#include <QQmlApplicationEngine>
#include <QQuickItem>
#include <QQuickWindow>

#include "app/platform/artworkprovider.h"
#include "app/platform/iconprovider.h"
#include "app/platform/qrprovider.h"
#include "player/render/videoitem.h"
#include "tests/unit/app/doubles.h"

namespace marea::app::test {

inline QStringList warnings;

inline void collect(QtMsgType type, const QMessageLogContext& context, const QString& text) {
    if (type == QtDebugMsg || type == QtInfoMsg)
        return;
    if (text.contains(QLatin1String("qrc:")) ||
        QLatin1String(context.category ? context.category : "").startsWith(QLatin1String("qml")))
        warnings << text;
}

// The first that shows these words.
inline QQuickItem* saying(QQuickItem* below, const QString& text) {
    for (auto* child : below->childItems()) {
        if (child->isVisible() && child->property("text") == text)
            return child;
        if (auto* found = saying(child, text))
            return found;
    }
    return nullptr;
}

inline QQuickItem* named(QQuickItem* below, const QString& name) {
    for (auto* child : below->childItems()) {
        if (child->objectName() == name)
            return child;
        if (auto* found = named(child, name))
            return found;
    }
    return nullptr;
}

// The window of the application on doubles, without a display.
class Pages : public testing::Test {
protected:
    explicit Pages(bool withOwn = false) : world_(withOwn) {}
    void SetUp() override {
        warnings.clear();
        before_ = qInstallMessageHandler(collect);
        static const bool once = [] {
            registerTypes();
            player::registerVideoTypes();
            return true;
        }();
        (void)once;
        qml_.addImportPath(QStringLiteral("qrc:/qt/qml"));
        qml_.addImageProvider(QStringLiteral("icon"), new IconProvider);
        qml_.addImageProvider(QStringLiteral("qr"), new QrProvider);
        qml_.addImageProvider(QStringLiteral("artwork"), new ArtworkProvider(artwork_));
        qml_.setInitialProperties({{QStringLiteral("app"), QVariant::fromValue(&world_.context)}});
        qml_.load(QUrl(QStringLiteral("qrc:/qt/qml/Marea/Main.qml")));
        ASSERT_FALSE(qml_.rootObjects().isEmpty()) << warnings.join(QLatin1Char('\n')).toStdString();
        window_ = qobject_cast<QQuickWindow*>(qml_.rootObjects().first());
        ASSERT_TRUE(QTest::qWaitForWindowExposed(window_));
    }
    void TearDown() override {
        qInstallMessageHandler(before_);
        EXPECT_TRUE(warnings.isEmpty()) << warnings.join(QLatin1Char('\n')).toStdString();
    }
    // The page that shows one of several lists, as the one of music does.
    QQuickItem* pageWithTab() {
        for (auto* item : window_->findChildren<QQuickItem*>())
            if (!item->property("tab").toString().isEmpty() && item->isVisible())
                return item;
        return nullptr;
    }
    void settle() {
        QTest::qWait(1);
        QCoreApplication::processEvents();
    }

    World world_;
    ArtworkLoader artwork_{world_.api, world_.http, world_.folder.filePath(QStringLiteral("artwork"))};
    QQmlApplicationEngine qml_;
    QQuickWindow* window_ = nullptr;
    QtMessageHandler before_ = nullptr;
};

}  // namespace marea::app::test

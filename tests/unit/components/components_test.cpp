#include <QQmlEngine>
#include <QtPlugin>
#include <QtQuickTest>

#include "app/platform/iconprovider.h"
#include "app/viewmodels/appcontext.h"
#include "player/render/videoitem.h"

Q_IMPORT_PLUGIN(MareaPlugin)

// What main.cpp gives the pages, without anybody signed in.
class Setup : public QObject {
    Q_OBJECT
public Q_SLOTS:
    void applicationAvailable() {
        marea::app::registerTypes();
        marea::player::registerVideoTypes();
    }
    void qmlEngineAvailable(QQmlEngine* engine) {
        engine->addImportPath(QStringLiteral("qrc:/qt/qml"));
        engine->addImageProvider(QStringLiteral("icon"), new marea::app::IconProvider);
    }
};

QUICK_TEST_MAIN_WITH_SETUP(components, Setup)
#include "components_test.moc"

#include <gtest/gtest.h>

#include <QGuiApplication>
#include <QtPlugin>

Q_IMPORT_PLUGIN(MareaPlugin)

int main(int argc, char** argv) {
    qputenv("QT_QPA_PLATFORM", "offscreen");
    qputenv("QT_QUICK_BACKEND", "software");
    testing::InitGoogleTest(&argc, argv);
    QGuiApplication program(argc, argv);
    return RUN_ALL_TESTS();
}

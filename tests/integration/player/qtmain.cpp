#include <gtest/gtest.h>

#include <QGuiApplication>

// A Qt program without a display; each test's waiting runs the event loop. With MAREA_TEST_DISPLAY=1 it uses the
// display that there is (xvfb-run does), and with it the OpenGL picture.
int main(int argc, char** argv) {
    if (!qEnvironmentVariableIsSet("MAREA_TEST_DISPLAY")) {
        qputenv("QT_QPA_PLATFORM", "offscreen");
        qputenv("QT_QUICK_BACKEND", "software");
    }
    ::testing::InitGoogleTest(&argc, argv);
    const QGuiApplication app(argc, argv);
    return RUN_ALL_TESTS();
}

#pragma once

#include <QObject>

namespace marea::app {

// Turns SIGTERM and SIGINT into a clean end of the event loop. One at a time; elsewhere than on Unix it does nothing.
class QuitSignals : public QObject {
    Q_OBJECT
public:
    explicit QuitSignals(QObject* parent = nullptr);
    ~QuitSignals() override;
};

}  // namespace marea::app

#pragma once

#include <QObject>
#include <QTimer>

#include "app/api/apiclient.h"

namespace marea::app {

// Whether the server is there, as far as one knows: by how requests go, and by asking again while it is away. GUI
// thread.
class Reachability : public QObject {
    Q_OBJECT
public:
    explicit Reachability(ApiClient& api, QObject* parent = nullptr);

    bool reachable() const { return reachable_; }
    void watch(bool on);  // while somebody is signed in
    void ask();           // now

Q_SIGNALS:
    void changed();

private:
    void onMissed();
    void set(bool reachable);

    ApiClient& api_;
    QTimer again_;
    int misses_ = 0;
    bool watching_ = false, reachable_ = true, asking_ = false;
};

}  // namespace marea::app

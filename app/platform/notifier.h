#pragma once

#include <QString>

namespace marea::app {

// Says something to a person who looks elsewhere. `kind` replaces what was said of the same before. GUI thread.
class Notifier {
public:
    virtual ~Notifier() = default;
    virtual void notify(const QString& kind, const QString& title, const QString& text) = 0;
};

}  // namespace marea::app

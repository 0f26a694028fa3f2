#pragma once

#include <QTranslator>

namespace marea::app {

// What syncing and the server in this program say of errors, in the language of the application: their texts stand in
// the server's catalogue, and pages ask for them in the context "Player" as for the application's own. GUI thread.
class ServerTexts final : public QTranslator {
public:
    using QTranslator::QTranslator;
    bool isEmpty() const override { return false; }
    QString translate(const char* context, const char* text, const char* comment = nullptr, int n = -1) const override;
};

}  // namespace marea::app

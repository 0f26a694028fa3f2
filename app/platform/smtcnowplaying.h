#pragma once

#include "app/platform/partwisenowplaying.h"

namespace marea::app {

// SystemMediaTransportControls of Windows 10 and later: keyboards, headsets, the panel beside the volume and the lock
// screen. Where the system refuses them nothing happens.
class SmtcNowPlaying final : public PartwiseNowPlaying {
public:
    // `window`: the native handle of the program's window, which is there for as long as this.
    explicit SmtcNowPlaying(quintptr window, QObject* parent = nullptr);
    ~SmtcNowPlaying() override;

protected:
    void tellTitle(const MediaTitle& title) override;
    void tellPicture(const QByteArray& picture) override;
    void tellButtons(const MediaButtons& buttons) override;
    void tellModes(const MediaModes& modes) override;
    void tellPlace(const MediaPlace& place) override;

private:
    struct System;
    std::unique_ptr<System> system_;  // null: refused
};

}  // namespace marea::app

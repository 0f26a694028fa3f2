#pragma once

#include <fstream>

#include "app/devices/folderfarm.h"
#include "tests/support/fakeprober.h"

namespace marea::app::test {

// Reads files as FakeProber does, and makes others that say what they are made of. Unless told to fail.
class FakeFarm final : public FolderFarm {
public:
    core::Prober& prober() override { return looks; }
    std::size_t atOnce() const override { return 3; }
    core::Result<void> make(core::FileHandle, const std::string& name, const DownloadForm& form,
                            const std::string& path, const sync::SyncControl&) override {
        const std::lock_guard lock(mutex_);
        const std::string made = name + " as " + form.quality.toStdString() + " " + form.format.toStdString();
        asked.push_back(made);
        if (meanwhile)
            meanwhile();
        if (answer)
            std::ofstream(path) << made;
        return answer;
    }
    marea::test::FakeProber looks;
    std::vector<std::string> asked;
    core::Result<void> answer;
    std::function<void()> meanwhile;  // while it is made

private:
    std::mutex mutex_;
};

}  // namespace marea::app::test

import QtQuick
import Marea

// What fills a device: {key, text, detail, share} each; what a plan will add is hatched.
Column {
    id: bar
    property var parts: []
    property double planned: 0
    property string text: ""
    readonly property var colours: ({films: Theme.accent, music: Theme.good, other: Theme.disabled, free: Theme.track})
    readonly property var used: parts.filter(p => p.key !== "free" && p.share > 0)
    // The little that is there is still to be seen.
    function upTo(count) { return count === 0 ? 0 : Math.max(8 + 4 * count, Math.round(used.slice(0, count).reduce((sum, p) => sum + p.share, 0) * width)) }
    spacing: 8
    Rectangle {
        width: parent.width
        height: 12
        radius: 6
        color: Theme.track
        Accessible.role: Accessible.ProgressBar
        Accessible.name: bar.text
        Item {
            x: Math.max(0, bar.upTo(bar.used.length) - 6)   // below the round end of what is there
            width: Math.round(bar.planned * bar.width) + 6
            visible: bar.planned > 0
            height: parent.height
            clip: true
            Repeater {
                model: Math.ceil(parent.width / 6)
                Rectangle { required property int index; x: index * 6; width: 3; height: parent.height; color: Theme.accent }
            }
        }
        Repeater {
            model: bar.used.length
            Rectangle {
                required property int index
                z: bar.used.length - index   // each lies on the next, with a round end
                width: bar.upTo(index + 1)
                height: parent.height
                radius: 6
                color: bar.colours[bar.used[index].key]
            }
        }
    }
    Flow {
        width: parent.width
        spacing: 16
        Repeater {
            model: bar.parts.filter(p => p.key === "free" || p.share > 0)
            Row {
                id: part
                required property var modelData
                spacing: 6
                Rectangle { anchors.verticalCenter: parent.verticalCenter; width: 10; height: 10; radius: 5; color: bar.colours[part.modelData.key] }
                Label { text: part.modelData.text + " " + part.modelData.detail; color: Theme.secondary; font.pixelSize: Theme.tiny; tabular: true }
            }
        }
    }
}

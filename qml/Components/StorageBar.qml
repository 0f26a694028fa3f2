import QtQuick
import Marea

// What fills a device: {key, text, detail, share} each; what a plan will add is hatched.
Column {
    id: bar
    property var parts: []
    property double planned: 0
    property string text: ""
    readonly property var colours: ({films: Theme.accent, music: Theme.good, other: Theme.disabled, free: Theme.track})
    spacing: 8
    Rectangle {
        width: parent.width
        height: 12
        radius: 6
        color: Theme.track
        clip: true
        Accessible.role: Accessible.ProgressBar
        Accessible.name: bar.text
        Row {
            id: row
            height: parent.height
            Repeater {
                model: bar.parts.filter(p => p.key !== "free")
                Rectangle {
                    required property var modelData
                    width: Math.round(modelData.share * bar.width)
                    height: row.height
                    color: bar.colours[modelData.key]
                }
            }
        }
        Item {
            anchors.left: row.right
            width: Math.round(bar.planned * bar.width)
            height: parent.height
            clip: true
            Repeater {
                model: Math.ceil(parent.width / 6)
                Rectangle { required property int index; x: index * 6; width: 3; height: parent.height; color: Theme.accent }
            }
        }
    }
    Flow {
        width: parent.width
        spacing: 16
        Repeater {
            model: bar.parts
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

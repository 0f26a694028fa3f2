import QtQuick
import Marea

// What is dragged, under the pointer: titles on their way to a playlist or a device.
Rectangle {
    id: ghost
    property var media: []
    readonly property bool dragging: Drag.active

    function begin(titles) { media = titles; Drag.active = true }
    function follow(point) { x = point.x + 8; y = point.y + 8 }
    function drop() { if (dragging) { Drag.drop(); Drag.active = false } }
    function cancel() { Drag.cancel(); Drag.active = false }

    visible: dragging
    z: 100
    width: words.implicitWidth + 24
    height: 32
    radius: 16
    color: Theme.accent
    Drag.keys: ["marea/titles"]
    Drag.source: ghost
    Drag.hotSpot.x: -8
    Drag.hotSpot.y: -8
    Label { id: words; anchors.centerIn: parent; text: qsTr("%n title(s)", "", ghost.media.length); color: Theme.accentInk; weight: Font.Medium; Accessible.ignored: true }
}

import QtQuick
import Marea

// All text. Plain, always: titles and tags come from files.
Text {
    id: label
    property int weight: Font.Normal
    property bool tabular: false

    color: Theme.text
    textFormat: Text.PlainText
    elide: Text.ElideRight
    font.family: Theme.family
    font.pixelSize: Theme.small
    font.weight: weight
    renderType: Text.QtRendering
}
